# Page 2: reverse differentiation of Trask's net on paper, before there are numbers. The inputs have
# shapes only; `list` shows the shape of every entry, as the page's notes (4,3) do, and `adjoint`
# writes the derivative as a program, a line for each of the page's a5 … a-.
#
# The page's names: v- = W1, v0 = w2, then v1 … v5; a5 is the adjoint of v5, and so on to a0 and a-.
# On the page adjoints are rows, here they have the shape of their entry: a4 there is the transpose
# of dy_dv4 here. Three slips of the page show in the shapes: v2 is Y1 (not Y2), the updated W1 is
# (3,4), and a3 is a4*(v4*(1-v4))T, as a4 is a row and v4 a column.

input X0: [4, 3]           ;; 4 rows of 3 vectors
input y0: [4, 1]           ;; column vector
input W1: [3, 4]           ;; signed fractions
input w2: [4, 1]           ;; signed fractions

v1 = mul(X0, W1)           ;; v1 = X0 v-
v2 = Y1 = sigma(v1)        ;; dv2/dv1 = *v2*(1-v2)
v3 = mul(v2, w2)           ;; dv3/dv2 h = h v0 but dv3/dv0 k = v2 k
v4 = y2 = sigma(v3)        ;; dv4/dv3 = *v4*(1-v4)
v5 = y = squaredError(y0, v4)

list y
adjoint y
