# Parts of arrays. Indices count from 0, a range holds both of its ends, and a negative end
# counts from the end, in `[ ]`.

x = [10, 20, 30, 40, 50]
print x[0], x[-1]
print x[1..3]
print x[2..]
print x[..-2]
print x[.. by 2]
print x[-1..0 by -1]
print x[[0, 0, 4]]

A = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
print A[1]
print A[.., 1]
print A[.., [1]]
print A[0..1, 1..]

# Binding a part makes a new version of the whole array; what was computed before keeps the old.
w = [1, 1, 1, 1]
before = sum(w)
w[1] = -1
print w, before, sum(w)
A[0..1, 0] = [0, 0]
print A

# Both reading a part and binding one are differentiable.
u = [1, 2, 3]
t = 5
v = u
v[1] = t^2
E = sum(v^2)
du, dt = grad(E, u, t)
print du, dt

# A loop walks an array along its first axis.
s = 0
for row in A { s = s + sum(row)^2 }
print s

# Arrays are put together again
print concat([1, 2], [3], axis = 0)
print stack([1, 2], [3, 4])
print reshape([1, 2, 3, 4, 5, 6], [2, 3])
