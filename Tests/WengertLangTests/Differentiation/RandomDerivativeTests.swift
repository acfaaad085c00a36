import Testing
import WengertLang
import WengertTestSupport

/// Derivatives of random programs, by every way to get them.
@Suite struct RandomDerivativeTests {
  /// The slope along directions by four runs, exact for polynomials of fourth degree.
  static func slope(
    _ program: SmoothProgram, along directions: [[Double]], of name: String, step: Double = 2e-3
  ) -> [Double] {
    func value(_ amount: Double) -> [Double] {
      ProgramRun(program.moved(amount * step, along: directions).text).numbers(name)
    }
    let (far, near, back, farBack) = (value(2), value(1), value(-1), value(-2))
    guard near.count == far.count, near.count == back.count, near.count == farBack.count else {
      return []
    }
    return near.indices.map {
      (8 * (near[$0] - back[$0]) - (far[$0] - farBack[$0])) / (12 * step)
    }
  }

  static func inner(_ a: [Double], _ b: [[Double]]) -> Double {
    zip(a, b.joined()).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The statements that make `gv`, the slope of f along directions, from the gradient.
  static func slopeStatements(
    _ program: SmoothProgram, of f: String = "f", _ directions: [[Double]], as name: String
  ) -> String {
    let parts = program.inputs.indices.map { index in
      let direction = program.text(directions[index], like: index)
      return "sum(\(name)_g[\(index)]*\(direction))"
    }
    return "\(name)_g = grad(\(f), \(program.names))\n"
      + "\(name) = \(parts.joined(separator: " + "))\n"
  }

  @Test(arguments: UInt64(0)..<60)
  func `reverse, forward and differences agree`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    let program = source.program(statements: Int(seed % 5) + 3)
    let directions = source.directions(program)
    let changes = program.inputs.indices.map {
      "\(program.inputs[$0].name) = \(program.text(directions[$0], like: $0))"
    }
    let run = ProgramRun(
      program.text
        + "g = grad(f, \(program.names))\nt = jvp(f, \(changes.joined(separator: ", ")))\n")
    let reverse = Self.inner(run.numbers("g"), directions)
    let forward = run.numbers("t")
    let isDone = run.isDone
    #expect(isDone, "seed \(seed): \(run.diagnostics.first?.title ?? "")\n\(program.text)")
    #expect(distance([reverse], forward) < 1e-11, "seed \(seed)\n\(program.text)")
    let slope = Self.slope(program, along: directions, of: "f")
    #expect(distance(forward, slope) < 1e-8, "seed \(seed)\n\(program.text)")
  }

  @Test(arguments: UInt64(1000)..<1025)
  func `second derivatives are symmetric and the slopes of first ones`(seed: UInt64) {
    var source = SmoothPrograms(seed: seed)
    var program = source.program(statements: Int(seed % 4) + 2)
    let (u, v) = (source.directions(program), source.directions(program))
    program.body += Self.slopeStatements(program, u, as: "du")
    program.body += Self.slopeStatements(program, v, as: "dv")
    let run = ProgramRun(
      program.text + "huu = grad(du, \(program.names))\nhvv = grad(dv, \(program.names))\n")
    let isDone = run.isDone
    #expect(isDone, "seed \(seed): \(run.diagnostics.first?.title ?? "")\n\(program.text)")
    let (uv, vu) = (Self.inner(run.numbers("huu"), v), Self.inner(run.numbers("hvv"), u))
    #expect(distance([uv], [vu]) < 1e-10, "seed \(seed)\n\(program.text)")
    let slope = Self.slope(program, along: v, of: "du")
    #expect(distance([uv], slope) < 1e-7, "seed \(seed)\n\(program.text)")
  }

  static let loops = [
    "z = s\nfor n in 1..4 { z = sin(z*s) + s*z }\nf = z*z",
    "z = x\nfor n in 1..3 { z = tanh(z*s + 0.1*n*x) }\nf = sum(z*z*x)",
    "z = s\nfor i in 1..2 { for j in 0..i { z = 0.5*z*s + sin(z)/(j + 2) } }\nf = z",
    "z = s\nn = 0\nwhile n < 3 { z = sin(z) + z*s; n += 1 }\nf = z*s",
    "z = s\nfor v in x { z = z*v + sin(z*s) }\nf = z",
    "z = x\nfor n in 1..3 { z[n - 1] = z[n % 3]*s + sin(z[0]) }\nf = sum(z*z)",
    "z = s\nw = x\nfor n in 1..3 { z, w = sum(w)*s, tanh(w*z) }\nf = z + sum(w*w)",
    "z = s\nfor n in 1..3 { q = z*s*s; if n > 1 { z = sin(q) } else { z = q + z } }\nf = z*q",
    "f = sum(map(cubic, x*s))",
  ]

  @Test(arguments: loops)
  func `third derivatives of loops are the slopes of second ones`(body: String) {
    var program = SmoothProgram(
      inputs: [
        .init(name: "s", extents: [], elements: [0.7]),
        .init(name: "x", extents: [3], elements: [0.4, -0.3, 0.9]),
      ], functions: "cubic(a) = { z = a; for k in 1..2 { z = z*a + sin(z) }; z }\n",
      body: body + "\n")
    let (u, v, w) = (
      [[0.3], [0.5, -0.2, 0.7]], [[1.1], [-0.4, 0.6, 0.2]], [[0.8], [0.1, 0.9, -0.5]]
    )
    program.body += Self.slopeStatements(program, u, as: "du")
    program.body += Self.slopeStatements(program, of: "du", v, as: "duv")
    let run = ProgramRun(
      program.text + "third = grad(duv, s, x)\n"
        + "t = jvp(duv, s = \(w[0][0]), x = \(program.text(w[1], like: 1)))\n")
    let isDone = run.isDone
    #expect(isDone, "\(run.diagnostics.first?.title ?? "")\n\(program.text)")
    let reverse = Self.inner(run.numbers("third"), w)
    #expect(distance([reverse], run.numbers("t")) < 1e-11, "\(body)")
    let slope = Self.slope(program, along: w, of: "duv")
    #expect(distance([reverse], slope) < 1e-7, "\(body)")
  }
}
