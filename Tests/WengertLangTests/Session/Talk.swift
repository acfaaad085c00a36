@testable import WengertLang

/// A conversation that notes what it says.
struct Talk {
  var conversation: Conversation
  var said: [String] = []
  /// Where the last diagnostic points: the line, the column and the text there.
  var place = ""
  var files: [String: String] = [:]

  init(_ files: [String: String] = [:], home: String = "") {
    var access = FileAccess { path throws(FileAccess.Failure) in
      guard let text = files[path] else { throw FileAccess.Failure("no such file") }
      return Array(text.utf8)
    }
    access.home = home
    conversation = Conversation(Session(files: access), files: access)
    conversation.speak()
  }

  @discardableResult
  mutating func say(_ text: String) -> Conversation.Outcome {
    (said, place) = ([], "")
    return conversation.submit(text) { event, sources in
      switch event {
      case .printed(let text): said.append(text)
      case .echoed(let name, let value): said.append("\(name) = \(value)")
      case .report(let markup, _), .steps(let markup, _): said.append(markup.plain)
      case .diagnostic(let diagnostic):
        said.append(diagnostic.title)
        guard let span = diagnostic.primary?.span else { return }
        let source = sources[Int(span.file)]
        let (line, column) = source.position(at: Int(span.start))
        place = "\(line):\(column) \(source.text(Int(span.start)..<Int(span.end)))"
      case .file(let path, let contents, _): files[path] = String(decoding: contents, as: UTF8.self)
      case .pause, .progress: said.append("…")
      }
    }
  }
}
