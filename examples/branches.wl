# Branches and choices. The derivative of a branch is the derivative of the arm that ran.

f(x) = {
  if x > 0 { y = x^2 } else { y = -x }
  y
}
print f(3), f'(3)
print f(-3), f'(-3)

# `if` needs one number; for arrays there is `where`, which computes both and picks.
xs = [-2, -1, 1, 2]
ys = where(xs > 0, xs^2, -xs)
print ys
print grad(sum(ys), xs)

# `map` runs a function on each element, branches and all.
print map(f, xs)

# At a kink the derivative is a convention: relu'(0) is 0, and so is |x|' there.
print relu'(0), abs'(0)

# A branch inside a loop: the Collatz steps of 27.
n = 27
steps = 0
while n > 1 {
  if n % 2 == 0 { n = n/2 } else { n = 3*n + 1 }
  steps += 1
}
print steps
