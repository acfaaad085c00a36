# A rule adds a row to the derivative table, in the language itself.

# For an operation that works element by element: its value, and its partial derivative.
rule cube(a) = a^3 { d/da = 3*a^2 }
x = 2
y = cube(x)
print y, grad(y, x)

# The rule's own name is its value: the logistic function's derivative needs nothing else.
rule squash(a) = 1/(1 + exp(-a)) { d/da = squash*(1 - squash) }
u = 0.5
s = squash(u)
print "{s:.8f} {grad(s, u):.8f}"

# For any other operation: what each operand gets of the adjoint of the result, `bar`.
rule product(A, b) = A @ b { bar A = outer(bar, b); bar b = A.T @ bar }
A = [[1, 2], [3, 4]]
b = [5, 6]
E = sum(product(A, b)^2)
dA, db = grad(E, A, b)
print dA
print db

# A rule is checked when it is defined. This one is meant to be no derivative, and says so: it passes
# its gradient through a step, which has none, the straight-through estimator.
rule quantize(a) = round(a) unchecked { d/da = 1 }
v = 2.7
q = quantize(v)
print q, grad(q, v)
