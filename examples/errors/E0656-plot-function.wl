plot sin
