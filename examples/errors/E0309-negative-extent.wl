v = zeros(-2)
