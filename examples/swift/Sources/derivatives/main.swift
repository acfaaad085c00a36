// The list of a lecture slide, written with operators: its list, its trace, and derivatives of it.
import WengertLang

let x1 = Variable("x1", 3)
let x2 = Variable("x2", 4)
let z1 = (x1 + x1).named("z1")
let z2 = (z1 + x2).named("z2")
let f = square(z2).named("f")

print("The list")
print(try f.list())

print("\nThe trace")
print(try f.trace())

print("\nGradients are variables: df/dx1 and d2f/dx1dx2")
let slope = grad(f, x1)
print(try slope.value(), try grad(slope, x2).value())

print("\nThe same list at another point")
let list = try f.list()
print(try list.run(at: [x1: 1, x2: 0.5])[0])

print("\nA net with one layer: two steps down the gradient")
let X = Variable([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
let Y = Variable([[0], [1], [1], [0]])
let W = Variable("W", [[0.1], [0.2], [0.3]])
let E = squaredError(sigmoid(matmul(X, W)), Y).named("E")
let gradient = grad(E, W)
let step = (W - 0.5 * gradient).named("step")
let training = try WengertList([E, step])
var weights: Tensor = [[0.1], [0.2], [0.3]]
for _ in 1...2 {
  let values = try training.run(at: [W: weights])
  print("E =", values[0])
  weights = values[1]
}

print("\nShapes that do not fit are an error to catch")
do {
  _ = try (X + W).value()
} catch {
  print(error)
}
