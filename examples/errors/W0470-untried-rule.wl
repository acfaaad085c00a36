rule fifth(v) = v[4] { bar v = concat(zeros(4), [bar]) }
