/// The statements of a session as a program that `wl` can run: what `:save` writes.
extension Session {
  /// The statements so far.
  public var programText: String { programText(in: "") }

  /// The statements so far as a file in a folder, which ends in a slash or is empty: its paths lead
  /// to the same files as those that were typed.
  func programText(in folder: String) -> String {
    var text = ""
    var settings = settingLines[...]
    func writeSettings(before index: Int) {
      while let setting = settings.first, setting.index <= index {
        text += setting.text + "\n"
        settings = settings.dropFirst()
      }
    }
    var index = 0
    forEach(statements) { tree, node in
      writeSettings(before: index)
      text += self.text(of: node, in: tree, folder) + "\n"
      index += 1
    }
    writeSettings(before: index)
    return text
  }

  /// A text that stands in place of what was written.
  private typealias Edit = (span: Span, text: String)

  /// A statement as it was written, but for its paths; training that Ctrl-C ended says how many
  /// steps it took, so that it gives the same weights again.
  private func text(of node: Node, in tree: Tree, _ folder: String) -> String {
    let (span, source) = (tree.span(node), sources[tree.file])
    var edits: [Edit] = []
    if let taken = lowering.cutSteps[span], case .minimize(let parts) = tree.statement(node) {
      edits.append((tree.span(parts.steps), "\(taken)"))
    }
    for (place, formula) in lowering.presetPlaces where place.file == span.file {
      guard span.start <= place.start, place.end <= span.end else { continue }
      edits.append((place, formula))
    }
    let files = lowering.files[tree.file] ?? .none
    if files.folder != folder {
      for (place, path) in paths(in: node, of: tree) {
        edits.append((place, Session.literal(files.path(path, from: folder))))
      }
    }
    var text = ""
    var start = Int(span.start)
    for edit in edits.sorted(by: { $0.span.start < $1.span.start }) {
      text += source.text(Span(start, Int(edit.span.start), file: tree.file)) + edit.text
      start = Int(edit.span.end)
    }
    return text + source.text(Span(start, Int(span.end), file: tree.file))
  }

  /// The strings in a statement that name files.
  private func paths(in node: Node, of tree: Tree) -> [(place: Span, path: String)] {
    var found: [(Span, String)] = []
    func note(_ node: Node) {
      if case .string(let path) = tree.expression(node) { found.append((tree.span(node), path)) }
    }
    _ = tree.contains(
      node,
      where: { formula in
        if case .call(let callee, let arguments) = tree.expression(formula),
          case .name(let name) = tree.expression(callee),
          lowering.symbols[name] == Form.load.name, let first = tree[arguments].first
        {
          note(first)
        }
        return false
      },
      statement: { statement in
        guard case .minimize(let parts) = statement else { return false }
        if let save = parts.save { note(save.path) }
        if let from = parts.from { note(from) }
        return false
      })
    return found
  }
}

extension FileAccess {
  /// A path of a program in this folder, as a program in another one says it; both folders end in
  /// a slash or are empty.
  func path(_ path: String, from other: String) -> String {
    let path = FileAccess.join(folder, path)
    if path.hasPrefix("/") || other.isEmpty { return path }
    if path.hasPrefix(other) { return String(path.dropFirst(other.count)) }
    let parts = other.split(separator: "/").filter { $0 != "." }
    // What is above such a folder nobody but the system knows.
    if other.hasPrefix("/") || parts.contains("..") { return home.isEmpty ? path : home + path }
    return String(repeating: "../", count: parts.count) + path
  }
}
