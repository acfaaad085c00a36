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
}
