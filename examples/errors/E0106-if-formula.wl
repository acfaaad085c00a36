x = 1
y = if x > 0 { 2*x } else { x }
