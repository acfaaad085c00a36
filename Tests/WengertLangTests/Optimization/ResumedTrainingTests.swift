import Testing

@testable import WengertLang

/// Training that was killed goes on from its file as if nothing had been.
@Suite struct ResumedTrainingTests {
  private static let optimizers = [
    "sgd(rate = 0.01)", "momentum(rate = 0.01)", "rmsprop(rate = 0.01)", "adam(rate = 0.01)",
    "lbfgs()",
  ]

  private static func program(_ optimizer: String, _ clauses: String) -> String {
    """
    set digits 17
    seed(1)
    X = randn(50, 3)
    t = X @ [1, 2, 3] + 0.1*randn(50)
    W = zeros(3)
    b = 0
    E = mean((X @ W + b - t)^2)
    minimize E over W, b by \(optimizer) \(clauses)
    print W, b, randn(2)
    """
  }

  /// What a program prints, and the files that it has saved, each as it was saved last.
  private static func run(
    _ program: String, files: [String: [UInt8]] = [:]
  ) -> (output: [String], codes: [String], files: [String: [UInt8]]) {
    var session = Session(
      files: FileAccess(
        read: { path throws(FileAccess.Failure) in
          guard let bytes = files[path] else { throw .init("No such file or directory") }
          return bytes
        }, list: { _ in Array(files.keys) }))
    var (output, codes, saved): ([String], [String], [String: [UInt8]]) = ([], [], files)
    _ = session.run(program, name: "training.wl") {
      switch $0 {
      case .printed(let text): output.append(text)
      case .diagnostic(let diagnostic): codes.append(diagnostic.code)
      case .file(let path, let contents, _): saved[path] = contents
      default: break
      }
    }
    return (output, codes, saved)
  }

  @Test(arguments: optimizers, ["", "batch 8 of X, t"])
  func `weights and draws have the bits of a run that was never killed`(
    _ optimizer: String, _ batch: String
  ) {
    if optimizer == "lbfgs()", !batch.isEmpty { return }
    let whole = Self.run(Self.program(optimizer, "\(batch) for 9 steps"))
    let first = Self.run(
      Self.program(optimizer, "\(batch) for 7 steps save every 2 to \"w.npz\" from \"w.npz\""))
    #expect(first.codes == ["W0703"])
    let second = Self.run(
      Self.program(optimizer, "\(batch) for 9 steps every 1 print step from \"w.npz\""),
      files: first.files)
    #expect(second.codes == [])
    #expect(second.output == ["6", "7", "8"] + whole.output)
  }

  @Test func `training that has all its steps behind it takes none`() {
    let clauses = "for 4 steps save every 2 to \"w.npz\""
    let first = Self.run(Self.program("adam(rate = 0.01)", clauses))
    let second = Self.run(
      Self.program("adam(rate = 0.01)", "for 1 steps from \"w.npz\" every 1 print step"),
      files: first.files)
    #expect(second.codes == [] && second.output.count == 1)
  }

  @Test(arguments: [
    ("w = 3; v = [1, 2]", "w^2 + sum(v^2)", "w, v", "npy", "E0632"),
    ("w = [1, 2]; v = [1, 2, 3]", "sum(w^2) + sum(v^2)", "w, v", "csv", "E0633"),
    ("w = ones(2, 2, 2)", "sum(w^2)", "w", "csv", "E0633"),
    ("w = zeros(0); v = 1", "v^2 + sum(w)", "w", "tsv", "E0633"),
  ])
  func `weights that a file cannot hold are refused before the first step`(
    weights: String, value: String, names: String, ending: String, code: String
  ) {
    let program = "\(weights)\nE = \(value)\nminimize E over \(names) by sgd(0.25) for 3 steps "
    let refused = Self.run(program + "save every 1 to \"w.\(ending)\"")
    #expect(refused.codes == [code] && refused.files.isEmpty)
  }

  @Test func `a .npz file takes no more than 4 GiB, which is known before there are numbers`() {
    func fits(_ count: Int) -> Bool {
      let array = DataArray(name: "w", shape: Shape([count]), elements: [])
      return (try? DataFormat.npz.check([array])) != nil
    }
    #expect(fits(1 << 28) && !fits(1 << 29))
  }

  @Test func `a file of one array keeps the weights alone`() {
    let program = "w = 3\nE = w^2\nminimize E over w by sgd(0.25) for 3 steps "
    let saved = Self.run(program + "save every 1 to \"w.npy\"")
    #expect(saved.codes == [] && saved.files.keys.elementsEqual(["w.npy"]))
    let refused = Self.run(program + "from \"w.npy\"", files: saved.files)
    #expect(refused.codes == ["E0722"])
  }
}
