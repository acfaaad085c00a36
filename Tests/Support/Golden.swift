#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that holds what a test expects.
///
/// `RECORD=1 swift test` writes what came out instead.
public struct Golden: Sendable {
  /// Where it is.
  public let path: String

  /// The golden file at a path.
  public init(_ path: String) { self.path = path }

  /// Whether golden files are written in this run.
  public static let isRecording = getenv("RECORD") != nil

  /// Compares a text with the file, or records it.
  ///
  /// - Returns: what is wrong; nil where the text is the expected one. A recording is always wrong,
  ///   so that no run that records can be taken for one that tests.
  public func complaint(about text: String) -> String? {
    let expected = Folder.text(path)
    if expected == text { return nil }
    if Golden.isRecording {
      guard Folder.write(text, to: path) else { return "\(path) cannot be written" }
      return "recorded \(path)"
    }
    guard let expected else { return "\(path) is missing; RECORD=1 swift test writes it" }
    return Golden.difference(expected, text, in: path)
  }

  /// The first line that differs, with its number.
  public static func difference(_ expected: String, _ found: String, in name: String) -> String {
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let given = found.split(separator: "\n", omittingEmptySubsequences: false)
    var line = 0
    while line < wanted.count, line < given.count, wanted[line] == given[line] { line += 1 }
    let missing = "(the end)"
    return """
      \(name):\(line + 1) differs
        expected: \(line < wanted.count ? String(wanted[line]) : missing)
        found:    \(line < given.count ? String(given[line]) : missing)
      """
  }
}

/// Files of the package, for tests.
public enum Folder {
  /// The folder that holds `Package.swift`, found from the path of a source file.
  public static func package(from file: String = #filePath) -> String {
    var parts = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !parts.isEmpty {
      let folder = parts.joined(separator: "/")
      if access(folder + "/Package.swift", F_OK) == 0 { return folder }
      parts.removeLast()
    }
    return "."
  }

  /// The text of a file; nil when it cannot be read.
  public static func text(_ path: String) -> String? {
    bytes(path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a file; nil when it cannot be read.
  public static func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// The names in a folder, sorted.
  public static func names(in folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Whether there is a file or a folder at a path.
  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a file; false when that cannot be done.
  public static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "wb") else { return false }
    defer { fclose(file) }
    let bytes = Array(text.utf8)
    return fwrite(bytes, 1, bytes.count, file) == bytes.count
  }

  /// Every file below a folder with one of these endings, as sorted paths relative to it.
  public static func files(in folder: String, ending: String...) -> [String] {
    var found: [String] = []
    var waiting = [""]
    while let relative = waiting.popLast() {
      guard let listing = opendir(folder + "/" + relative) else { continue }
      defer { closedir(listing) }
      while let entry = readdir(listing) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name.hasPrefix(".") { continue }
        let path = relative.isEmpty ? name : relative + "/" + name
        if ending.contains(where: { name.hasSuffix($0) }) {
          found.append(path)
        } else if isFolder(folder + "/" + path) {
          waiting.append(path)
        }
      }
    }
    return found.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    guard let listing = opendir(path) else { return false }
    closedir(listing)
    return true
  }
}
