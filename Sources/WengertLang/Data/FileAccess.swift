/// How a session reads files; only the program around it touches the disk.
public struct FileAccess: Sendable {
  /// Why a file cannot be read, in a few words: "No such file or directory".
  public struct Failure: Error {
    /// The words.
    public let reason: String

    /// A failure with its reason.
    public init(_ reason: String) { self.reason = reason }
  }

  /// The contents of a file.
  public var read: @Sendable (_ path: String) throws(Failure) -> [UInt8]
  /// What a folder holds, to say what may have been meant; folders have a slash behind.
  public var list: @Sendable (_ folder: String) -> [String]
  /// Whether programs may read and write files at all.
  public var isAllowed = true

  /// Where relative paths begin, as the user writes it, with a slash; empty for the current folder.
  private(set) var folder = ""
  /// The current folder with a slash, where it is known.
  public var home = ""

  /// Access through closures.
  public init(
    read: @escaping @Sendable (_ path: String) throws(Failure) -> [UInt8],
    list: @escaping @Sendable (_ folder: String) -> [String] = { _ in [] }
  ) {
    self.read = read
    self.list = list
  }

  /// No files at all.
  public static let none = FileAccess { _ throws(Failure) in throw Failure("there are no files") }

  /// The same files by paths relative to a folder, which ends in a slash or is empty.
  func inside(_ folder: String) -> FileAccess {
    guard !folder.isEmpty else { return self }
    let files = self
    var access = FileAccess(
      read: { path throws(Failure) in try files.read(FileAccess.join(folder, path)) },
      list: { files.list(FileAccess.join(folder, $0)) })
    access.isAllowed = isAllowed
    access.folder = FileAccess.join(self.folder, folder)
    access.home = home
    return access
  }

  /// The folder part of a path, with its slash; empty when there is none.
  public static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// A path inside a folder; absolute paths stay as they are.
  static func join(_ folder: String, _ path: String) -> String {
    path.hasPrefix("/") ? path : folder + path
  }
}
