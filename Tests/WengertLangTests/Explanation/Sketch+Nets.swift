@testable import WengertLang

/// The nets of the handouts.
extension Sketch {
  /// A net of two layers, C = crossEnt(Y, softMax(tanh(tanh(X W1 + B1) W2 + B2))); tied, B1 is B2.
  static func net(tied: Bool = false) throws -> (sketch: Sketch, inputs: [Slot], cost: Slot) {
    var sketch = Sketch()
    let x = sketch.input("X", [[1, 0], [0.5, -1]])
    let w1 = sketch.input("W1", [[0.5, -0.3], [0.2, 0.4]])
    let b1 = sketch.input(tied ? "B" : "B1", [[0.1, -0.2]])
    let w2 = sketch.input("W2", [[0.7, -0.6], [-0.1, 0.8]])
    let b2 = tied ? b1 : sketch.input("B2", [[0.1, -0.2]])
    let y = sketch.input("Y", [[1, 0], [0, 1]])
    let z1a = try sketch.entry("Z1a", .matmul, x, w1)
    let z1b = try sketch.entry("Z1b", .add, z1a, b1)
    let a1 = try sketch.entry("A1", .tanh, z1b)
    let z2a = try sketch.entry("Z2a", .matmul, a1, w2)
    let z2b = try sketch.entry("Z2b", .add, z2a, b2)
    let a2 = try sketch.entry("A2", .tanh, z2b)
    let p = try sketch.entry("P", .softMax, a2)
    let cost = try sketch.entry("C", .crossEnt, y, p)
    return (sketch, tied ? [x, w1, b1, w2] : [x, w1, b1, w2, b2], cost)
  }

  /// Trask's net for XOR, y = 1/2 |y0 - sigma(sigma(X0 W1) w2)|^2, with its printed weights.
  static func trask() throws -> (sketch: Sketch, weights: [Slot], loss: Slot) {
    var sketch = Sketch()
    let x0 = sketch.input("X0", [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
    let y0 = sketch.input("y0", [[0], [1], [1], [0]])
    let w1 = sketch.input(
      "W1",
      [
        [-0.16595599, 0.44064899, -0.99977125, -0.39533485],
        [-0.70648822, -0.81532281, -0.62747958, -0.30887855],
        [-0.20646505, 0.07763347, -0.16161097, 0.370439],
      ])
    let w2 = sketch.input("w2", [[-0.5910955], [0.75623487], [-0.94522481], [0.34093502]])
    let z1 = try sketch.entry("v1", .matmul, x0, w1)
    let y1 = try sketch.entry("v2", .sigmoid, z1)
    let z2 = try sketch.entry("v3", .matmul, y1, w2)
    let y2 = try sketch.entry("v4", .sigmoid, z2)
    let difference = try sketch.entry(nil, .sub, y0, y2)
    let squares = try sketch.entry(nil, .square, difference)
    let sum = try sketch.entry(nil, .sum, squares, statics: [Argument.noAxis, 0])
    let loss = try sketch.entry("y", .mul, sketch.number(0.5), sum)
    return (sketch, [w1, w2], loss)
  }
}
