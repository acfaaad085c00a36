import Testing
import WengertTestSupport

@testable import WengertLang

/// Training whose value becomes no finite number says so, whichever way its turns are run.
@Suite struct AstrayTrainingTests {
  private static let optimizers = ["sgd", "momentum", "rmsprop", "adam"].map { "\($0)(rate = 1e5)" }
  private static let clauses = ["", "every 2 print step, E"]
  private static let plans = ["lean", "plain"]

  /// The step that the warning names, and the first one at which the history is no finite number.
  private static func steps(_ program: String) -> (said: Int?, found: Int?, codes: [String]) {
    let run = ProgramRun(program)
    let title = run.diagnostics.first { $0.code == "W0702" }?.title ?? ""
    let said = title.split(separator: " ").last.flatMap { Int($0) }
    return (said, run.elements("E_history").firstIndex { !$0.isFinite }, run.codes)
  }

  @Test(arguments: optimizers, clauses)
  func `steps that are too long are told with the first bad one`(
    _ optimizer: String, _ clause: String
  ) {
    for plan in Self.plans {
      let (said, found, codes) = Self.steps(
        """
        set plan \(plan)
        W = 1
        E = exp(W^2*100)
        minimize E over W by \(optimizer) for 300 steps \(clause)
        """)
      #expect(codes == ["W0702"], "\(plan)")
      #expect(said == 1 && found == 1, "\(plan)")
    }
  }

  @Test(arguments: optimizers + ["lbfgs()"], clauses)
  func `a value that is none from the start is told`(_ optimizer: String, _ clause: String) {
    for plan in Self.plans {
      let (said, found, codes) = Self.steps(
        """
        set plan \(plan)
        W = 1
        E = sqrt(W - 2)
        minimize E over W by \(optimizer) for 300 steps \(clause)
        """)
      #expect(codes == ["W0702"], "\(plan)")
      #expect(said == 0 && found == 0, "\(plan)")
    }
  }

  @Test(arguments: optimizers, clauses)
  func `a step far on is found`(_ optimizer: String, _ clause: String) {
    let name = optimizer.prefix { $0 != "(" }
    for plan in Self.plans {
      let (said, found, codes) = Self.steps(
        """
        set plan \(plan)
        W = 1
        E = log(W)
        minimize E over W by \(name)(rate = 0.002) for 2000 steps \(clause)
        """)
      #expect(codes == ["W0702"], "\(plan)")
      #expect(said == found && (said ?? 0) > 8, "\(plan): \(said ?? -1)")
    }
  }

  /// Programs whose training stands in a body, and what of them stays a number.
  private static let nested = [
    "w = 5; for k in 1..3 { E = w^4; minimize E over w by sgd(rate = 1) for 9 steps }",
    // Only the first of three turns.
    """
    s = 0; for k in 1..3 { w = 5; E = w^4; r = where(k < 2, 1, 0.001)
    minimize E over w by sgd(rate = r) for 9 steps; s += w }
    """,
    "x = 3; w = 5; if x > 2 { E = w^4; minimize E over w by sgd(rate = 1) for 9 steps }",
    """
    f(v) = { w = v; E = (w - 2)^2; minimize E over w by sgd(rate = 3) for 900 steps; w }
    y = map(f, [1, 2, 3])
    """,
    // The slopes of log are numbers where it is none, so the weights stay some.
    """
    f(v) = { w = v; E = log(w); minimize E over w by adam(rate = 0.01) for 2000 steps; w }
    s = 0; for k in 1..3 { s += f(k) }
    """,
  ]

  @Test(arguments: nested, plans)
  func `training in a body says once that it ended astray`(_ program: String, _ plan: String) {
    let run = ProgramRun("set plan \(plan)\n" + program)
    #expect(run.codes == ["W0702"])
    let span = run.diagnostics.first?.primary
    #expect(span != nil)
    #expect(run.diagnostics.first?.title.hasSuffix("is nan or infinite") == true)
  }

  @Test(arguments: plans)
  func `training in a body that ends well says nothing`(_ plan: String) {
    let run = ProgramRun(
      """
      set plan \(plan)
      f(v) = { w = v; E = (w - 2)^2; minimize E over w by sgd(rate = 0.3) for 90 steps; w }
      y = map(f, [1, 2, 3])
      for k in 1..3 { w = k; E = log(w)^2; minimize E over w by adam(rate = 0.01) for 50 steps }
      """)
    #expect(run.codes == [])
  }
}
