x = 1
repeat 200000 { x = sin(x) }
adjoint x
