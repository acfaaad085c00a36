-- The gradient of (2 x1 + x2)^2 at (3, 4), by hand.
local x1, x2 = 3, 4
local u = 2 * x1 + x2
print(2 * u * 2, 2 * u)
