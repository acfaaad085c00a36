import Testing
import WengertTestSupport

@testable import WengertLang

/// The Swift library, held to what programs of the language print.
@Suite struct VariableTests {
  /// What a program reports, the printouts of its commands one behind the other.
  private static func said(_ program: String) -> [String] {
    let run = ProgramRun("set digits 6\n" + program)
    #expect(run.isDone, "\(run.diagnostics)")
    return run.reports
  }

  @Test func `the list, the values, the trace and the tangents are those of the program`() throws {
    let x1 = Variable("x1", 3)
    let x2 = Variable("x2", 4)
    let z1 = add(x1, x1).named("z1")
    let z2 = add(z1, x2).named("z2")
    let f = square(z2).named("f")
    let list = try f.list()
    let reports = Self.said(
      """
      x1 = 3
      x2 = 4
      z1 = add(x1, x1)
      z2 = add(z1, x2)
      f = square(z2)
      list f
      forward f
      trace f
      trace f wrt x1
      tangent f wrt x1 = 1, x2 = 0.5
      adjoint f
      """)
    #expect(list.description == reports[0])
    #expect(try list.forward().markup.plain == reports[1])
    #expect(try list.trace().markup.plain == reports[2])
    #expect(try f.trace(wrt: x1).markup.plain == reports[3])
    #expect(try list.tangent(along: [x1: 1, x2: 0.5]).markup.plain == reports[4])
    #expect(try list.adjoint().markup.plain == reports[5])
    #expect(list.inputs == ["x1", "x2"])
    #expect(list.entries.map(\.operation) == ["input", "input", "add", "add", "square"])
    #expect(list.entries[4].operands == [3])
  }

  @Test func `formulas with numbers, matrices and parts print as in the program`() throws {
    let X = Variable("X", [[0, 0, 1], [0, 1, 1]])
    let W = Variable("W", [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])
    let b = Variable("b", [1, 2])
    let Z = (matmul(X, W) + b).named("Z")
    let E = (sum(square(Z)) / 2.0 + Z[0, -1] - sum(Z[.range(0, 0), .all].T)).named("E")
    let reports = Self.said(
      """
      X = [[0, 0, 1], [0, 1, 1]]
      W = [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]
      b = [1, 2]
      Z = X @ W + b
      E = sum(square(Z))/2 + Z[0, -1] - sum(Z[0..0, ..].T)
      list E
      trace E wrt W, b
      """)
    let list = try E.list()
    #expect(list.description == reports[0])
    #expect(try list.trace(wrt: [W, b]).markup.plain == reports[1])
  }

  @Test func `derivatives are variables, to any order`() throws {
    let x = Variable("x")
    let y = Variable("y")
    let f = x * x * x * y + sin(y)
    let g = grad(f, [x, y])
    #expect(try g[0].value(at: [x: 2, y: 5]) == 60)
    #expect(try grad(g[0], x).value(at: [x: 2, y: 5]) == 60)
    #expect(try grad(grad(g[0], x), y).value(at: [x: 2, y: 5]) == 12)
    #expect(try f.gradient(wrt: x, y, at: [x: 2, y: 0]) == [0, 9])
    #expect(try jvp(f, x, along: 2).value(at: [x: 2, y: 5]) == 120)

    let v = Variable("v", shape: [2])
    let q = v[0] * v[0] * v[1]
    let point: [Variable: Tensor] = [v: [3, 4]]
    #expect(try hessian(q, v).value(at: point) == [[8, 6], [6, 0]])
    #expect(try jacobian(v * v, v).value(at: point) == [[6, 0], [0, 8]])
    #expect(try hvp(q, v, along: Variable([1, 2])).value(at: point) == [20, 6])
    #expect(try vjp(v * v, adjoint: Variable([1, 10]), v).value(at: point) == [6, 80])
  }

  @Test func `a list runs with other values, and stays as it was`() throws {
    let x = Variable("x", [1, 2])
    let list = try sum(x * x).list()
    #expect(try list.run() == [5])
    #expect(try list.run(at: [x: [3, 4]]) == [25])
    #expect(try list.run() == [5])
  }

  @Test func `loops of Swift write their turns, however many`() throws {
    let x = Variable("x", 1)
    var z: Variable = 0
    for _ in 1...20 { z = sin(z * x) + x }
    #expect(abs(try z.value().number! - 1.934563210052) < 1e-12)
    for _ in 1...20_000 { z = sin(z * x) + x }
    #expect(try z.list().entries.count == 3 * 20_020 + 2)
  }

  // MARK: Mistakes

  /// The message that some work throws.
  private func message(_ work: () throws -> Void) -> String {
    do {
      try work()
      return "nothing was thrown"
    } catch let diagnostic as Diagnostic {
      return diagnostic.description
    } catch {
      return "\(error)"
    }
  }

  @Test func `shapes that do not fit are an error that names them`() {
    let a = Variable("a", [1, 2, 3])
    let b = Variable("b", [1, 2])
    #expect(
      message { _ = try (a + b).value() } == """
        error[E0302]: `add`: a vector of 3 and a vector of 2 do not stretch to one shape
          = note: `a` is a vector of 3, `b` is a vector of 2
          = note: element by element, the last sizes must be equal, or one of them 1

        """)
    for (number, wrong) in [
      matmul(a, b), a[5], a[0, 0], reshape(a, [2, 2]), concat([], axis: 0), sum(a, axis: 7),
      a[.range(0, 1, by: 0)], a[.index(.min)], reshape(a, [.max, .max]), zeros([-1]),
      eye(.max), eye(-1), linspace(0, 1, n: -5), grad(a, a), hessian(a, a), jvp(a, a, along: b),
      vjp(a, adjoint: b, a), hvp(sum(a), a, along: b), det(a), solve(a, b), diag(sum(a)),
      Variable([[1], [2, 3]]), Variable("x", shape: [-1]), Variable("x y"),
      Variable("for", 3), (a + a).named("x²"), Variable("a") + a, stack([a, b]), broadcast(a, [2]),
      zeros([.max]),
      outer(a, Variable("m", [[1]])), cholesky(a), flip(a, axis: .max),
      full([-1], 3),
    ].enumerated() {
      let text = message { _ = try wrong.value() }
      #expect(text.hasPrefix("error[E"), "number \(number): \(text)")
    }
  }

  @Test func `values must be for inputs, and of the shape of the list`() throws {
    let x = Variable("x")
    let f = x * x
    #expect(message { _ = try f.value() }.hasPrefix("error[E0505]"))
    #expect(message { _ = try f.value(at: [f: 3]) }.hasPrefix("error[E0639]"))
    let list = try f.list(at: [x: 3])
    #expect(message { _ = try list.run(at: [x: [3, 4]]) }.hasPrefix("error[E0317]"))
    #expect(message { _ = try list.run(at: [f: 3]) }.hasPrefix("error[E0639]"))
    let ragged: Tensor = [[1, 2], [3]]
    #expect(message { _ = try list.tangent(along: [x: ragged]) }.hasPrefix("error[E0638]"))
    for stranger in [Variable("y"), x + 1] {
      #expect(message { _ = try list.trace(wrt: [stranger]) }.hasPrefix("error[E0641]"))
      #expect(message { _ = try list.adjoint(wrt: [x, stranger]) }.hasPrefix("error[E0641]"))
      #expect(message { _ = try list.tangent(along: [stranger: 1]) }.hasPrefix("error[E0641]"))
    }
    let point: [Variable: Tensor] = [x: [1, 2]]
    #expect(message { _ = try f.trace(at: point) }.hasPrefix("error[E0401]"))
  }

  @Test func `settings hold for derivatives, runs and printouts`() throws {
    let x = Variable("x", 0)
    let y = relu(x)
    for (choice, slope) in [(KinkChoice.left, "0"), (.right, "1"), (.middle, "0.5")] {
      var settings = Settings()
      settings.kinks = choice
      let list = try WengertList([grad(y, x)], settings: settings)
      #expect(try list.run().map(\.elements) == [[try #require(Double(slope))]], "\(choice)")
      let trace = try y.list(settings: settings).trace().description
      #expect(trace.contains(" = \(slope)\n"), "\(trace)")
    }
    var settings = Settings()
    settings.digits = 12
    let forward = try exp(x + 1).list(settings: settings).forward().description
    #expect(forward.contains("2.71828182846"))
    settings.memory = 1 << 10
    let large = Variable("v", .init(Array(repeating: 1, count: 1000)))
    let list = try sum(large * large).list(settings: settings)
    #expect(message { _ = try list.run() }.hasPrefix("error[E0801]"))
  }

  @Test func `a list says what may be meant otherwise`() throws {
    let (x, z) = (Variable("x", 3), Variable("z", 4))
    let list = try WengertList([grad(x * x, z)])
    #expect(try list.run() == [0])
    #expect(list.warnings.map(\.code) == ["W0403"])
    #expect(list.warnings.allSatisfy { $0.title.contains("`z`") && $0.primary == nil })
    #expect(try WengertList([grad(x * x, x)]).warnings.isEmpty)
    let stretched = Variable("a", [[1], [2]]) * Variable("b", [1, 2])
    #expect(try stretched.list().warnings.map(\.code) == ["W0301"])
  }

  @Test func `elements with a shape are an array, where their number is that of the shape`() {
    let literal: Tensor = [[1, 2, 3], [4, 5, 6]]
    #expect(Tensor([1, 2, 3, 4, 5, 6], shape: [2, 3]) == literal)
    #expect(Tensor([1, 2, 3]) == [1, 2, 3] && Tensor([1, 2, 3]).shape == [3])
    #expect(Tensor([], shape: [0, 3])?.shape == [0, 3])
    for shape in [[7], [-2, -3], [Int.max, Int.max, 6], [2, 3, 0]] {
      #expect(Tensor([1, 2, 3, 4, 5, 6], shape: shape) == nil, "\(shape)")
    }
  }

  @Test func `no index, axis or extent stops the process`() {
    let v = Variable("v", [1, 2, 3])
    for n in [Int.min, Int.min + 1, -1 << 40, -1, 0, 1 << 40, Int.max] {
      let variables = [
        v[.index(n)], v[.range(0, n)], v[.range(n, nil)], v[.range(nil, nil, by: n)],
        sum(v, axis: n), reshape(v, [n, n]), broadcast(v, [n, 3]), zeros([n]), eye(n),
        linspace(0, 1, n: n), stack([v, v], axis: n), Variable("q", shape: [n, n]),
      ]
      for variable in variables {
        do throws(Diagnostic) {
          _ = try variable.value()
        } catch {
          #expect(error.code.hasPrefix("E0"))
        }
      }
    }
    #expect(message { _ = try WengertList([]).trace() }.hasPrefix("error[E0640]"))
    #expect((try? WengertList([]).run()) == [])
  }

  // MARK: The table

  @Test func `every row of the table has its function`() {
    let source = Folder.text(
      Folder.package() + "/Sources/WengertLang/Library/Operations.swift")
    for line in SwiftOperations.source.split(separator: "\n") where line.hasPrefix("public func") {
      let head = line.prefix { $0 != "(" }
      #expect(source?.contains(head + "(") == true, "make docs writes \(head)")
    }
  }

  @Test func `a function finds its row by name and operands`() {
    for row in Catalogue.families.flatMap(\.rows) where !row.isInternal && row.forArrays == nil {
      let operands = row.operandNames.map { Variable($0) }
      guard case .operation(let found, _) = operation(row.name, operands).node.kind else {
        Issue.record("\(row.name)")
        continue
      }
      #expect(found === row, "\(row.name)")
    }
  }
}
