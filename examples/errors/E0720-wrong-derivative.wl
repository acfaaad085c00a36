x = 0
s = relu(x) - relu(-x)
check s wrt x
