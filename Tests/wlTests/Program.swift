import Glibc
import Testing

/// What a program did.
struct Outcome {
  var status: Int32
  var output: String
  var errors: String
}

/// The program under test, and others that drive it.
enum Program {
  /// The root of the package.
  static let root: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// `wl` as it is built for users: $WL, or the release build.
  static let wl: String = {
    if let path = getenv("WL") { return String(cString: path) }
    return root + "/.build/release/wl"
  }()

  /// A new folder that is empty; the caller removes it.
  static func temporaryFolder() -> String {
    var template = Array("/tmp/wl-test-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return "/tmp" }
      return String(cString: base)
    }
  }

  /// Runs a program to its end; its streams are files, so that no pipe can fill up.
  static func run(
    _ path: String, _ arguments: [String], input: String = "", environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Outcome {
    let scratch = temporaryFolder()
    defer { remove(scratch) }
    let names = ["input", "output", "errors"].map { scratch + "/" + $0 }
    try write(input, to: names[0])
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, names[0], O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, names[1], O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, names[2], O_WRONLY | O_CREAT, 0o600)
    // Threads of the test runner may hold signals back, and children would too.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var command = [path] + arguments
    if let folder {
      command = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder] + command
    }
    var child = pid_t()
    let code = withStrings(command) { argv in
      withStrings(variables(environment)) {
        posix_spawn(&child, command[0], &actions, &attributes, argv, $0)
      }
    }
    try #require(code == 0, "\(path) cannot be started: \(String(cString: strerror(code)))")
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let hasExited = status & 0x7F == 0
    return Outcome(
      status: hasExited ? status >> 8 & 0xFF : 128 + status & 0x7F,
      output: try read(names[1]), errors: try read(names[2]))
  }

  /// Runs `wl`.
  static func wl(
    _ arguments: String..., input: String = "", environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Outcome {
    try run(wl, arguments, input: input, environment: environment, folder: folder)
  }

  // MARK: Files

  static func write(_ text: String, to path: String) throws {
    let file = try #require(fopen(path, "w"), "\(path) cannot be written")
    fputs(text, file)
    fclose(file)
  }

  static func read(_ path: String) throws -> String {
    let file = try #require(fopen(path, "r"), "\(path) cannot be read")
    defer { fclose(file) }
    var contents: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return String(decoding: contents, as: UTF8.self) }
      contents += block[..<count]
    }
  }

  /// Removes a temporary folder and the files in it.
  static func remove(_ folder: String) {
    guard folder.hasPrefix("/tmp/wl-test-") else { return }
    _ = try? run("/bin/rm", ["-r", folder], inPlace: ())
  }

  private static func run(_ path: String, _ arguments: [String], inPlace: Void) throws {
    var child = pid_t()
    _ = withStrings([path] + arguments) { posix_spawn(&child, path, nil, nil, $0, environ) }
    waitpid(child, nil, 0)
  }

  // MARK: C strings

  /// The environment, with some variables set otherwise.
  private static func variables(_ changes: [String: String]) -> [String] {
    var variables: [String] = []
    var place = environ
    while let entry = place.pointee {
      let text = String(cString: entry)
      let name = String(text.prefix { $0 != "=" })
      if changes[name] == nil, name != "NO_COLOR" { variables.append(text) }
      place += 1
    }
    return variables + changes.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }
  }

  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}

/// A folder with programs in it, removed at the end of a test.
final class Programs {
  /// The program of a lecture slide.
  static let small = """
    x1 = 3
    x2 = 4
    z1 = add(x1, x1)
    z2 = add(z1, x2)
    f = square(z2)

    """

  let folder = Program.temporaryFolder()

  init(_ files: KeyValuePairs<String, String>) throws {
    for (name, text) in files { try Program.write(text, to: "\(folder)/\(name)") }
  }

  deinit { Program.remove(folder) }

  func wl(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    try Program.run(
      Program.wl, arguments, input: input, environment: environment, folder: folder)
  }
}
