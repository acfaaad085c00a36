import Testing
import WengertTestSupport

@testable import WengertLang

/// Random numbers, held to NumPy's bit for bit.
@Suite struct RandomTests {
  /// Programs with what NumPy draws; `scripts/make-random-cases` writes them.
  static let cases = ProgramCase.all(
    in: Folder.package() + "/Tests/WengertLangTests/Lowering/random-cases.txt")

  @Test func `the cases are there`() { #expect(Self.cases.count > 15) }

  @Test(arguments: cases)
  func `a program draws what NumPy draws, to the last bit`(_ the: ProgramCase) {
    let run = ProgramRun(the.program)
    #expect(run.isDone, "\(run.diagnostics)")
    for (name, numbers) in the.values {
      #expect(run.elements(name).map(\.bitPattern) == numbers.map(\.bitPattern), "\(name)")
    }
  }

  /// Three streams as they are told of in lectures: uniform, gaussian, and both mixed.
  @Test(arguments: [
    (
      0, [0.5488135039273248, 0.7151893663724195, 0.6027633760716439],
      [1.764052345967664, 0.4001572083672233, 0.9787379841057392, 2.240893199201458],
      [0.4236547993389047, 0.6458941130666561],
      [2.240893199201458, 0.9500884175255894, -0.1513572082976979]
    ),
    (
      1, [0.417022004702574, 0.7203244934421581, 0.00011437481734488664],
      [1.6243453636632417, -0.6117564136500754, -0.5281717522634557, -1.0729686221561705],
      [0.39676747423066994, 0.538816734003357],
      [-1.0729686221561705, 1.74481176421648, -0.7612069008951028]
    ),
    (
      42, [0.3745401188473625, 0.9507143064099162, 0.7319939418114051],
      [0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254],
      [0.15601864044243652, 0.15599452033620265],
      [1.5230298564080254, 1.5792128155073915, 0.7674347291529088]
    ),
  ])
  func `a gaussian number that waits survives uniform ones`(
    seed: Int, uniform: [Double], gaussian: [Double], between: [Double], after: [Double]
  ) {
    let run = ProgramRun(
      """
      seed(\(seed)); a = random(3)
      seed(\(seed)); b = randn(4)
      seed(\(seed)); c = randn(3); d = rand(2); e = randn(3)
      """)
    #expect(run.numbers("a") == uniform)
    #expect(run.numbers("b") == gaussian)
    #expect(run.numbers("d") == between)
    #expect(run.numbers("e") == after)
  }

  // MARK: draws are inputs

  @Test func `a draw at top level is an input`() {
    let run = ProgramRun("W = 2*rand(3,4) - 1\nE = sum(W^2)\ntrace E\nlist W")
    #expect(run.reports.last == "  v1 = W  [3, 4]")
    #expect(run.reports[0].contains("dE/dW"))
  }

  @Test func `looking at a program draws nothing`() {
    let looked = ProgramRun(
      "W = rand(2); y = sum(W)*randn(); forward y at W = [1, 2]; trace y; f(x) = x*rand()"
        + "\nlist f; a = rand()")
    let plain = ProgramRun("W = rand(2); y = sum(W)*randn(); a = rand()")
    #expect(looked.isDone)
    #expect(looked.numbers("a") == plain.numbers("a"))
  }

  @Test func `draws stay when a binding is replaced, even one that draws or sets a shape`() {
    let program = "N = 2; W = rand(3); X = randn(4); y = sum(W[..N - 1]) + sum(X)"
    for replaced in ["W = [0, 0, 0]", "N = 3"] {
      let run = ProgramRun(program + "\nforward X at \(replaced)\nforward y at \(replaced)")
      let plain = ProgramRun(program + "\nforward X")
      #expect(run.isDone)
      #expect(run.reports[0] == plain.reports[0], "\(replaced)")
    }
  }

  @Test func `a statement that fails takes no numbers`() {
    var run = ProgramRun("a = rand()", atPrompt: true)
    run.go(on: "b = rand(3) + nothing")
    #expect(!run.isDone)
    run.go(on: "for n in 1..3 { u = randn() + nothing }")
    run.go(on: "b = rand()")
    #expect(run.numbers("b") == ProgramRun("a = rand(); b = rand()").numbers("b"))
  }

  // MARK: draws in bodies

  @Test func `a gradient through a loop that draws makes the same turns again`() {
    let run = ProgramRun(
      """
      seed(4); x0 = 0.5; x = x0; s = 1
      for n in 1..40 { u = rand(); x = sin(x*u) + s*u; if u > 0.5 { x *= randn() } }
      g = grad(x, s); h = grad(g, x0)
      """)
    let fixed = ProgramRun(
      """
      seed(4); x0 = 0.5; x = x0; s = 1
      for n in 1..40 { u = rand(); x = sin(x*u) + s*u; if u > 0.5 { x *= randn() } }
      e = 1e-6; g = jvp(x, s = 1)
      """)
    #expect(run.isDone && fixed.isDone, "\(run.diagnostics + fixed.diagnostics)")
    #expect(distance(run.numbers("g"), fixed.numbers("g")) < 1e-12)
    #expect(run.numbers("h").first?.isFinite == true)
  }

  @Test func `the slope of a noisy loop is the difference of runs with the same draws`() {
    func last(_ x: Double) -> Double {
      let run = ProgramRun(
        "seed(2); x0 = \(x); x = x0; for n in 1..9 { x = cos(x)*rand() + normal(x, 0.1)/9 }")
      return run.numbers("x")[0]
    }
    let run = ProgramRun(
      "seed(2); x0 = 0.3; x = x0; for n in 1..9 { x = cos(x)*rand() + normal(x, 0.1)/9 }"
        + "\ng = grad(x, x0)")
    let slope = (last(0.3 + 1e-6) - last(0.3 - 1e-6)) / 2e-6
    #expect(distance(run.numbers("g"), [slope]) < 1e-7)
  }

  @Test func `means and widths of draws have slopes`() {
    let run = ProgramRun(
      "seed(1); mu = 2; sd = 3; x = normal(mu, sd, 4); z = (x - mu)/sd"
        + "\na = grad(sum(x), mu); b = grad(sum(x), sd) - sum(z)")
    #expect(run.numbers("a") == [4])
    #expect(distance(run.numbers("b"), [0]) < 1e-14)
  }

  @Test func `a name that is not used does not lose its draw`() {
    let run = ProgramRun("seed(1); for n in 1..5 { unused = randn(); u = rand() }")
    let used = ProgramRun("seed(1); s = 0; for n in 1..5 { s += randn(); u = rand() }")
    #expect(run.numbers("u") == used.numbers("u"))
  }

  @Test func `a loop that draws is printed with its numbers, and its adjoint runs`() {
    let run = ProgramRun(
      "seed(3); x = 2; s = 0; for n in 1..3 { s += x*randn() }\nadjoint s\ng = grad(s, x)")
    let again = ProgramRun(run.reports[0])
    #expect(again.isDone)
    let printed = ProgramRun.numbers(in: again.output.last { $0.contains("/dx") } ?? "")
    #expect(distance(printed, run.numbers("g")) < 1e-15)
  }
}
