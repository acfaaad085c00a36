import Testing

/// Tests that a script makes through a terminal or a browser; each is a function of the script.
enum Script {
  private static let python = "/usr/bin/python3"

  /// The names of its tests, or what is missing to find them.
  static func names(_ path: String) -> [String] {
    let listed = try? Program.run(python, [Program.root + "/" + path, "--list"])
    guard let listed, listed.status == 0 else { return ["--list"] }
    return listed.output.split(separator: "\n").map(String.init)
  }

  static func run(_ path: String, _ name: String) throws {
    let outcome = try Program.run(
      python, [Program.root + "/" + path, name], environment: ["WL": Program.wl])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    // Without its tests the script would pass too.
    #expect(name != "--list")
  }
}

/// The prompt on a pseudo-terminal.
@Suite(.serialized) struct PromptTests {
  private static let script = "Tests/pty/prompt.py"

  @Test(arguments: Script.names(script)) func `on a terminal:`(_ name: String) throws {
    try Script.run(PromptTests.script, name)
  }
}

/// What is left after kill -9.
@Suite(.serialized) struct KillTests {
  private static let script = "Tests/pty/kill.py"

  @Test(arguments: Script.names(script)) func `after kill -9:`(_ name: String) throws {
    try Script.run(KillTests.script, name)
  }
}

/// Ctrl-C inside of everything that takes long.
@Suite(.serialized) struct InterruptTests {
  private static let script = "Tests/pty/interrupt.py"

  @Test(arguments: Script.names(script)) func `Ctrl-C inside of:`(_ name: String) throws {
    try Script.run(InterruptTests.script, name)
  }
}

/// Random lines at the prompt; `make soak` types ten thousand.
@Suite(.serialized) struct SoakTests {
  @Test func `the prompt survives four hundred random lines`() throws {
    let script = Program.root + "/Tests/pty/soak.py"
    let outcome = try Program.run(
      "/usr/bin/python3", [script, "--lines", "400"], environment: ["WL": Program.wl])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasPrefix("400 lines"))
  }
}

/// Malformed and hostile programs; `make fuzz` runs many more.
@Suite(.serialized) struct HostileProgramTests {
  @Test func `a thousand hostile programs end in time, within memory, and with a place`() throws {
    let script = Program.root + "/Tests/fuzz/fuzz.py"
    let outcome = try Program.run(
      "/usr/bin/python3", [script, "--count", "1000"], environment: ["WL": Program.wl])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasSuffix("0 kinds of failure\n"))
  }
}

/// The stepper page in a headless browser.
@Suite(.serialized) struct StepperPageTests {
  private static let script = "Tests/page/stepper.py"

  @Test(arguments: Script.names(script)) func `in a browser:`(_ name: String) throws {
    try Script.run(StepperPageTests.script, name)
  }
}
