import Glibc
import WengertLang

/// `wl fmt`: programs in their canonical form.
enum Layout {
  /// Rewrites files, or says which ones differ.
  static func run(_ files: [String], isCheck: Bool) -> Int32 {
    var presenter = Presenter(Invocation())
    var status = ExitStatus.success
    for path in files {
      do throws(Files.Failure) {
        let isInput = path == "-"
        let bytes =
          isInput
          ? try Files.read(STDIN_FILENO, most: Files.longestProgram)
          : try Files.read(path, most: Files.longestProgram)
        let source = SourceFile(name: isInput ? "<stdin>" : path, bytes: bytes)
        let found = Stage.tree.show(source)?.diagnostics ?? []
        let errors = found.filter { $0.severity == .error }
        for error in errors { presenter.show(error, [source]) }
        presenter.endStatements()
        // What cannot be read is left as it is.
        guard errors.isEmpty else { continue }
        let text = SourcePrinter.print(source)
        if isCheck {
          guard text.utf8.elementsEqual(bytes) else {
            presenter.output.writeLine(path)
            status = ExitStatus.disagreement
            continue
          }
        } else if isInput {
          presenter.output.write(text)
        } else if !text.utf8.elementsEqual(bytes) {
          write(text, to: path, &presenter)
        }
      } catch {
        presenter.show(.cannotRead(path, reason: error.reason))
      }
    }
    presenter.output.flush()
    return presenter.exitStatus == ExitStatus.success ? status : presenter.exitStatus
  }

  private static func write(_ text: String, to path: String, _ presenter: inout Presenter) {
    do throws(Files.Failure) {
      try Files.write(Array(text.utf8), to: path)
    } catch {
      presenter.show(.cannotWrite(path, reason: error.reason, at: nil))
    }
  }
}
