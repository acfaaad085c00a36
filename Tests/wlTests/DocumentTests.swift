import Testing

/// The files that printouts are written to; each test is a function of
/// `Tests/documents/documents.py`.
@Suite(.serialized) struct DocumentTests {
  private static let python = "/usr/bin/python3"
  private static let script = Program.root + "/Tests/documents/documents.py"

  /// The names of the tests, or what is missing to find them.
  private static let names: [String] = {
    let listed = try? Program.run(python, [script, "--list"])
    guard let listed, listed.status == 0 else { return ["--list"] }
    return listed.output.split(separator: "\n").map(String.init)
  }()

  @Test(arguments: names) func `of all printouts:`(_ name: String) throws {
    let outcome = try Program.run(
      DocumentTests.python, [DocumentTests.script, name], environment: ["WL": Program.wl])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    // Without its tests the script would pass too.
    #expect(name != "--list")
  }
}
