import WengertLang

/// What a program says when it runs from a file: its output and its complaints, as `wl` shows them
/// without colours.
public struct Transcript: Sendable {
  /// What goes to standard output.
  public private(set) var output = ""
  /// What goes to standard error.
  public private(set) var complaints = ""
  /// The codes of its errors and warnings, in order.
  public private(set) var codes: [String] = []
  /// Whether all of it ran.
  public private(set) var isDone = false

  /// Runs a program.
  ///
  /// Files are read from and below `folder` only.
  public init(of program: String, name: String, folder: String = "") {
    var session = Session(
      files: FileAccess(
        read: { path throws(FileAccess.Failure) in
          guard let bytes = Folder.bytes(folder + "/" + path) else {
            throw FileAccess.Failure("No such file or directory")
          }
          return bytes
        }, list: { Folder.names(in: folder + "/" + $0) }))
    var events: [Event] = []
    isDone = session.run(program, name: name) { events.append($0) }
    let renderer = DiagnosticRenderer(sources: session.sources)
    for event in events {
      switch event {
      case .printed(let text): output += Transcript.line(text)
      case .echoed(let name, let value): output += Event.echo(name, value) + "\n"
      case .report(let markup, _), .steps(let markup, _): output += Transcript.line(markup.plain)
      case .diagnostic(let diagnostic):
        codes.append(diagnostic.code)
        complaints += (complaints.isEmpty ? "" : "\n") + renderer.markup(diagnostic).plain
      case .file, .pause, .progress: break
      }
    }
  }

  /// A text that ends its line, as `wl` writes it.
  private static func line(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }
}
