import CLineEditor
import Glibc
import WengertLang

/// The history on disk: every entry is appended at once, so that a crash loses nothing and prompts
/// side by side keep each other's entries.
struct History {
  let path: String
  private(set) var entries: [String]

  /// Reads `$XDG_STATE_HOME/wl/history`; nil when there is no home for it.
  init?() {
    guard let path = History.path else { return nil }
    self.path = path
    entries = HistoryFile.entries((try? Files.read(path)) ?? [])
    if entries.count > HistoryFile.limit { shorten() }
  }

  /// Where the history lies.
  static var path: String? {
    if let state = Terminal.variable("XDG_STATE_HOME"), state.hasPrefix("/") {
      return "\(state)/wl/history"
    }
    return Terminal.variable("HOME").map { "\($0)/.local/state/wl/history" }
  }

  /// Keeps an entry, if it is one to keep; returns whether it was.
  mutating func append(_ entry: String) -> Bool {
    guard HistoryFile.keeps(entry, after: entries.last) else { return false }
    entries.append(entry)
    makeFolders()
    withLock { descriptor in
      _ = Output.send(Array(HistoryFile.line(entry).utf8), to: descriptor)
    }
    return true
  }

  /// Drops the oldest entries, of all prompts.
  private mutating func shorten() {
    withLock { _ in
      let all = HistoryFile.entries((try? Files.read(path)) ?? [])
      let kept = all.suffix(HistoryFile.limit).map { HistoryFile.line($0) }.joined()
      let draft = "\(path).\(getpid()).tmp"
      let descriptor = wl_file_open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      guard descriptor >= 0 else { return }
      let code = Output.send(Array(kept.utf8), to: descriptor)
      guard close(descriptor) == 0, code == 0, rename(draft, path) == 0 else {
        unlink(draft)
        return
      }
    }
    entries = Array(entries.suffix(HistoryFile.limit))
  }

  /// Opens the file for appending while no other prompt does.
  ///
  /// A file that was replaced while this prompt waited for it is opened again.
  private func withLock(_ body: (Int32) -> Void) {
    for _ in 0..<10 {
      let descriptor = wl_file_open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      guard descriptor >= 0 else { return }
      defer { close(descriptor) }
      _ = flock(descriptor, LOCK_EX)
      var opened = stat()
      var present = stat()
      guard fstat(descriptor, &opened) == 0, stat(path, &present) == 0,
        opened.st_ino == present.st_ino
      else { continue }
      return body(descriptor)
    }
  }

  private func makeFolders() {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }
}
