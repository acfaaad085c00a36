# "An autodiff package includes a collection of operations, and for each operation a forward
# implementation and a backward implementation for each argument." A rule adds such an operation:
# its value, and what each argument gets. Here the slide's two operations are written again, with
# rules, and the same list gives the same deltas.

rule plus2(a, b) = a + b { d/da = 1; d/db = 1 }
rule square2(a)  = a*a   { d/da = 2*a }

x1 = 3
x2 = 2
z1 = plus2(x1, x1)
z2 = plus2(z1, x2)
f  = square2(z2)
trace f

# A matrix operation, with what each argument gets of `bar`, the adjoint of the result
rule times2(A, B) = A @ B { bar A = bar @ B.T; bar B = A.T @ bar }
A = [[1, 2], [3, 4]]
B = [[0, 1], [1, 0]]
C = sum(times2(A, B)^2)
print grad(C, A)
print grad(C, B)
