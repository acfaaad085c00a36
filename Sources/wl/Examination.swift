import CLineEditor
import Glibc
import WengertKernels
import WengertLang

/// `wl doctor`: what the program found on this machine.
enum Examination {
  static func run() {
    var output = Output()
    let locale = String(cString: wl_terminal_use_utf8())
    let columns = wl_terminal_columns(STDOUT_FILENO)
    let terminal = Terminal.variable("TERM") ?? "none"
    let isColored = Terminal.isColored(STDOUT_FILENO, .auto)
    let levels = ["baseline", "AVX2 with FMA", "AVX-512"]
    let level = Int(wl_vector_level(-1))
    let rows = [
      ("wl", CommandLineTool.version),
      ("matrix products", String(cString: wl_blas_name())),
      ("compressed .npz", wl_inflate_available() != 0 ? "zlib" : "not readable: zlib is missing"),
      ("vectors", levels.indices.contains(level) ? levels[level] : "level \(level)"),
      ("line editor", "libedit, interface \(String(cString: wl_editor_library()))"),
      ("terminal", columns > 0 ? "\(terminal), \(columns) columns" : "\(terminal), none on output"),
      ("colours", isColored ? "on" : "off"),
      ("prompt", Terminal.isDumb ? "plain lines, as TERM says" : "with editing and completion"),
      ("locale", locale),
      ("history", history),
    ]
    let width = rows.map(\.0.count).max() ?? 0
    for (name, value) in rows {
      output.writeLine(name + String(repeating: " ", count: width + 2 - name.count) + value)
    }
    output.flush()
  }

  private static var history: String {
    guard let path = History.path else { return "none: neither XDG_STATE_HOME nor HOME is set" }
    switch wl_file_kind_of(path) {
    case WL_FILE_PLAIN:
      let entries = HistoryFile.entries((try? Files.read(path)) ?? [])
      return "\(path), \(entries.count) entries"
    case WL_FILE_MISSING: return "\(path), none yet"
    default: return "\(path), which is no file"
    }
  }
}
