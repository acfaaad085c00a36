import CLineEditor
import Glibc
import WengertKernels
import WengertLang

/// The disk.
enum Files {
  /// Why a file was not read or written.
  struct Failure: Error {
    let reason: String

    init(errno code: Int32) { reason = String(cString: strerror(code)) }
    init(_ reason: String) { self.reason = reason }
  }

  /// The bytes of the longest program.
  static let longestProgram = 1 << 26

  /// The contents of a file that has no more than some bytes.
  static func read(_ path: String, most: Int = .max) throws(Failure) -> [UInt8] {
    if wl_file_kind_of(path) == WL_FILE_FOLDER { throw Failure("it is a folder") }
    let descriptor = wl_file_open(path, O_RDONLY, 0)
    guard descriptor >= 0 else { throw Failure(errno: errno) }
    defer { close(descriptor) }
    let size = Int(clamping: wl_file_size(descriptor))
    guard size <= most else { throw Files.tooLarge(size, most) }
    return try read(descriptor, most: most, expected: size)
  }

  /// All that comes from a file descriptor; Ctrl-C ends it.
  static func read(
    _ descriptor: Int32, most: Int, expected: Int = 0
  ) throws(Failure) -> [UInt8] {
    var (contents, isWhole) = try readExpected(descriptor, expected)
    if isWhole { return contents }
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if wl_interrupt_requested() != 0 { throw Failure(errno: EINTR) }
      guard count >= 0 else { throw Failure(errno: errno) }
      if count == 0 { return contents }
      contents.append(contentsOf: block[..<count])
      // What is no plain file does not tell its size before.
      guard contents.count <= most else { throw tooLarge(contents.count, most) }
    }
  }

  /// As many bytes as a file says that it has, and whether there were no more.
  private static func readExpected(
    _ descriptor: Int32, _ expected: Int
  ) throws(Failure) -> (contents: [UInt8], isWhole: Bool) {
    guard expected > 0 else { return ([], false) }
    var failure: Int32?
    var isWhole = false
    let contents = [UInt8](unsafeUninitializedCapacity: expected + 1) { room, filled in
      wl_prefer_large_pages(room.baseAddress, expected)
      while filled <= expected, failure == nil, !isWhole {
        let count = Glibc.read(
          descriptor, room.baseAddress.map { $0 + filled }, min(expected + 1 - filled, 1 << 20))
        if wl_interrupt_requested() != 0 { failure = EINTR }
        if count < 0 { failure = errno }
        isWhole = count == 0
        filled += max(count, 0)
      }
    }
    if let failure { throw Failure(errno: failure) }
    return (contents, isWhole)
  }

  private static func tooLarge(_ size: Int, _ most: Int) -> Failure {
    Failure("it has \(MemoryUnit.text(size)) or more, and \(MemoryUnit.text(most)) are allowed")
  }

  /// Writes a file as a whole: either all of it is there afterwards, or what was there before.
  ///
  /// Who may read, write and run it stays as it was.
  static func write(_ contents: [UInt8], to path: String) throws(Failure) {
    if wl_file_kind_of(path) == WL_FILE_OTHER {
      return try write(contents, to: path, flags: O_WRONLY)
    }
    let path = resolved(path)
    let draft = "\(path).\(getpid()).tmp"
    var status = stat()
    let mode = stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    do {
      try write(contents, to: draft, flags: O_WRONLY | O_CREAT | O_TRUNC, mode: mode)
    } catch {
      unlink(draft)
      throw error
    }
    guard rename(draft, path) == 0 else {
      let code = errno
      unlink(draft)
      throw Failure(errno: code)
    }
  }

  /// Where a path leads when it is a link.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func write(
    _ contents: [UInt8], to path: String, flags: Int32, mode: mode_t? = nil
  ) throws(Failure) {
    let descriptor = wl_file_open(path, flags, mode.map { $0 & 0o777 } ?? 0o666)
    guard descriptor >= 0 else { throw Failure(errno: errno) }
    // The mask of the process takes rights away from what it makes.
    if let mode { _ = fchmod(descriptor, mode) }
    let code = Output.send(contents, to: descriptor)
    let closed = close(descriptor)
    if code != 0 { throw Failure(errno: code) }
    if closed != 0 { throw Failure(errno: errno) }
  }

  /// What a folder holds, folders with a slash behind, sorted.
  static func list(_ folder: String) -> [String] {
    guard let stream = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      let isFolder = wl_file_kind_of(join(folder, name)) == WL_FILE_FOLDER
      names.append(isFolder ? name + "/" : name)
    }
    return names.sorted()
  }

  /// A path inside a folder; absolute paths stay as they are.
  static func join(_ folder: String, _ path: String) -> String {
    if folder.isEmpty || path.hasPrefix("/") { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// How sessions read: files of no more than some bytes.
  static func access(most: Int) -> FileAccess {
    var access = FileAccess(
      read: { path throws(FileAccess.Failure) in
        do throws(Failure) {
          return try read(path, most: most)
        } catch {
          throw FileAccess.Failure(error.reason)
        }
      }, list: list)
    if let home = realpath(".", nil) {
      access.home = String(cString: home) + "/"
      free(home)
    }
    return access
  }
}
