# The general algorithm on nine entries: dx9/dx_i is the sum over the entries j that read x_i of
# dx9/dx_j df_j/dx_i, with six decimals as the lecture has.

set digits 6
x1 = 0.5
x2 = -0.8
x3 = mul(x1, x2)
x4 = square(x1)
x5 = add(x3, x4)
x6 = sin(x3)
x7 = add(x2, x5)
x8 = mul(x6, x7)
x9 = exp(x8)

trace x9 notation leibniz
