import WengertLang

/// `wl table`: the operations of the language.
enum DerivativeTable {
  static func run(_ invocation: Invocation, _ name: String?) -> Int32 {
    var runner = Runner(invocation)
    var isDone = true
    if let name {
      isDone = runner.run(.init(name: "<command>", bytes: Array("table \(name)".utf8)))
    } else {
      runner.presenter.show(.report(Catalogue.overview, json: nil), [])
    }
    let code = runner.exitStatus(isDone)
    runner.presenter.finish(code)
    return code
  }
}
