# The second page of the handout on Trask's net: the list v1 … v5 and its adjoints a5 … a1 before there
# are numbers. `derive` tells each adjoint in matrix form, with the entry that it comes from. The page
# writes adjoints as rows, the transposes of these; `rows` does so in a trace (see 000-page3.wl).

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0], [1], [1], [0]]
input W1: [3, 4]
input w2: [4, 1]
v1 = X0 @ W1
v2 = Y1 = sigma(v1)
v3 = v2 @ w2
v4 = y2 = sigma(v3)
v5 = y = 0.5*sum((y0 - v4)^2)

list y
derive y wrt w2
derive y wrt W1
