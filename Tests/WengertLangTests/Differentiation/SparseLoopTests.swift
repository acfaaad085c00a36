import Testing
import WengertTestSupport

/// Compressed Jacobians of loops, at top level and in the turns of another loop, where the number of
/// turns is not known: held to one forward sweep for each column.
@Suite struct SparseLoopTests {
  static let functions = [
    "f(z) = { s = z; n = 0; while sum(s^2) < 40 { s = s*1.5 + 0.1*z*s; n += 1 }; s }",
    "f(z) = { s = z*1; n = 0; while n < 3 { s = s*z; n += 1; r = s*z }; r + s }",
    "f(z) = { s = z; n = 0; while sum(s^2) < 9 { for row in M { s = s*1.5 + row*z }; n += 1 }; s }",
    "f(z) = { s = z*1; for row in M { s = s*row; r = s*z }; r }",
    "f(z) = { s = z[0]; n = 0; while s < 30 { s = s*1.5 + z[1]^2 + 1; n += 1 }; z*s }",
    "f(z) = { s = z; n = 0; while n < 4 { s = s*sin(z) + 0.1*s^2; r = s*z; n += 1 }; r*s }",
    "f(z) = { s = z; for i in 0..2 { s = s*z[mod(k + i, 5)] }; s }",
  ]

  static let columns = (0..<5).map { ($0, ModeTests.unit($0, of: 5)) }

  @Test(arguments: functions)
  func `derivatives of a loop are their columns, in a body too`(_ function: String) {
    var text = """
      x = [0.4, -0.3, 0.9, 0.25, -0.7]
      k = [1, 0, 3, 2, 4]
      M = [[0.1, 0.2, -0.3, 0.4, 0.5], [1, 0.2, 0.3, -0.4, 0.5]]
      \(function)
      y = f(x)
      E = sum(y^3)
      g = grad(E, x)
      h = grad(sum(g^2), x)
      J = jacobian(y, x)
      H = hessian(E, x)
      K = jacobian(h, x)
      z = x*1
      for q in 1..2 {
        e = sum(f(z)^3)
        v = grad(e, z)
        w = grad(sum(v^2), z)
        P = jacobian(f(z), z)
        Q = hessian(e, z)
        R = jacobian(w, z)
        z = z*1
      }

      """
    for (place, unit) in Self.columns {
      text += "j\(place) = jvp(y, x = \(unit))\n"
      text += "h\(place) = hvp(E, x = \(unit))\n"
      text += "k\(place) = jvp(h, x = \(unit))\n"
    }
    let run = ModeTests.run(text)
    for (whole, part) in [("J", "j"), ("H", "h"), ("K", "k"), ("P", "j"), ("Q", "h"), ("R", "k")] {
      let columns = Self.columns.map { run.numbers("\(part)\($0.0)") }
      let rows = (0..<5).flatMap { row in columns.map { $0.count == 5 ? $0[row] : .nan } }
      #expect(distance(run.numbers(whole), rows) <= 1e-12, "\(whole)\n\(function)")
    }
  }

  @Test func `a third gradient of a loop is its columns`() {
    var text = """
      x = [0.4, -0.3, 0.9, 0.25, -0.7]
      \(Self.functions[5])
      E = sum(f(x)^2)
      g = grad(E, x)
      h = grad(sum(g^2), x)
      m = grad(sum(h^2), x)
      J = jacobian(m, x)

      """
    for (place, unit) in Self.columns { text += "c\(place) = jvp(m, x = \(unit))\n" }
    let run = ModeTests.run(text)
    let columns = Self.columns.map { run.numbers("c\($0.0)") }
    let rows = (0..<5).flatMap { row in columns.map { $0.count == 5 ? $0[row] : .nan } }
    #expect(distance(run.numbers("J"), rows) <= 1e-12)
  }

  @Test func `blocks that do not meet, one row, one column, and nothing`() {
    let run = ModeTests.run(
      """
      a = [1, 2, 3]
      x = [4, 5, 6, 7, 8]
      H = hessian(sum(a^2) + sum(x), a, x)
      aa, ax = H[0]
      xa, xx = H[1]
      row = jacobian([sum(x^2)], x)
      one = [2.5]
      column = jacobian(one^2*x, one)
      none = zeros(0)
      nothing = jacobian(none*2, none)
      """)
    #expect(run.numbers("aa") == [2, 0, 0, 0, 2, 0, 0, 0, 2])
    for block in ["ax", "xa", "xx"] {
      let numbers = run.numbers(block)
      #expect(numbers.count == (block == "xx" ? 25 : 15) && numbers.allSatisfy { $0 == 0 })
    }
    #expect(run.numbers("row") == [8, 10, 12, 14, 16])
    #expect(run.numbers("column") == [20, 25, 30, 35, 40])
    #expect(run.numbers("nothing") == [])
  }
}
