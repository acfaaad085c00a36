/// What is said about data files, code family E06; whoever asked for the file adds the place.
extension Diagnostic {
  /// A message about a file, whose place in the program is not known here.
  private static func file(
    _ code: String, _ title: String, notes: [String] = [], help: [String] = []
  ) -> Diagnostic {
    Diagnostic(code, title, at: nil, notes: notes, help: help)
  }

  private static func list(_ names: [String], limit: Int = 12) -> String {
    let shown = names.prefix(limit).map { "`\($0)`" }.joined(separator: ", ")
    return shown + (names.count > limit ? " and \(names.count - limit) more" : "")
  }

  // MARK: Any file

  /// A file that cannot be read, with the reason that the system gives.
  public static func unreadableFile(_ path: String, reason: String) -> Diagnostic {
    file("E0601", "`\(path)` cannot be read: \(reason)")
  }

  static func unreadableData(
    _ path: String, reason: String, neighbours: [String]
  ) -> Diagnostic {
    let folder = FileAccess.folder(of: path)
    let name = String(path.dropFirst(folder.count))
    var diagnostic = unreadableFile(path, reason: reason)
    let near =
      EditDistance.suggestion(for: name, among: neighbours)
      ?? neighbours.first { $0.hasPrefix(name + ".") }
    if let near { diagnostic.help.append("load(\"\(folder)\(near)\")") }
    return diagnostic
  }

  static let filesAreOff = file(
    "E0606", "this run neither reads nor writes files",
    notes: ["it was started with --no-files"])

  static func unknownDataFormat(_ path: String, known: [String]) -> Diagnostic {
    var diagnostic = file(
      "E0607", "the ending of `\(path)` names no format of data",
      notes: ["the formats are \(known.joined(separator: " "))"])
    let foreign = [
      ".pkl", ".pickle", ".pt", ".pth", ".h5", ".hdf5", ".mat", ".parquet", ".xls", ".xlsx",
    ]
    if foreign.contains(where: path.lowercased().hasSuffix) {
      diagnostic.notes.append("Python converts it: numpy.savez(\"data.npz\", X = X, y = y)")
    }
    return diagnostic
  }

  static func dataTooLarge(_ path: String, _ count: Int) -> Diagnostic {
    file(
      "E0608", "`\(path)` holds \(count) numbers or more, beyond the memory allowed",
      help: ["set memory \(max(count >> 15, 4))"])
  }

  static func notThisFormat(_ path: String, _ ending: String) -> Diagnostic {
    file(
      "E0617", "`\(path)` is no \(ending) file",
      notes: ["its first bytes are those of another kind"])
  }

  static func damaged(_ path: String, _ fact: String) -> Diagnostic {
    file("E0618", "`\(path)` is damaged: \(fact)")
  }

  static func unknownElementType(_ path: String, _ type: String) -> Diagnostic {
    var diagnostic = file(
      "E0619", "`\(path)` holds elements of type `\(type)`, which are no real numbers",
      notes: ["64, 32 and 16-bit floats, whole numbers and booleans can be loaded"])
    let kind = type.first { $0.isLetter }
    if kind == "O" {
      diagnostic.notes.append("objects are Python's pickles, which run code when they are read")
    } else if kind == "c" {
      diagnostic.notes.append("save the real and the imaginary part as two arrays")
    }
    return diagnostic
  }

  // MARK: Arrays by names

  static func severalArrays(_ path: String, _ names: [String]) -> Diagnostic {
    file(
      "E0620", "`\(path)` holds \(names.count) arrays", notes: ["they are \(list(names))"],
      help: ["load(\"\(path)\", \"\(names[0])\")"])
  }

  static func unknownArray(_ name: String, in path: String, names: [String]) -> Diagnostic {
    var diagnostic = file(
      "E0620", "`\(path)` holds no array `\(name)`", notes: ["it holds \(list(names))"])
    if let near = EditDistance.suggestion(for: name, among: names) {
      diagnostic.help.append("load(\"\(path)\", \"\(near)\")")
    }
    return diagnostic
  }

  static func noArrays(_ path: String) -> Diagnostic {
    file("E0620", "`\(path)` holds no arrays")
  }

  static func noNames(_ path: String, _ kind: String) -> Diagnostic {
    file(
      "E0620", "`\(path)` holds one array, without a name", help: ["load(\"\(path)\")"])
  }

  static func unknownCompression(_ path: String, _ method: Int) -> Diagnostic {
    file(
      "E0621", "`\(path)` is compressed by method \(method), which is unknown here",
      notes: ["numpy.savez and numpy.savez_compressed write methods 0 and 8"])
  }

  static func noZlib(_ path: String) -> Diagnostic {
    file(
      "E0622", "`\(path)` is compressed, and zlib is not on this machine",
      notes: ["numpy.savez writes files without compression, which need no zlib"],
      help: ["apt-get install zlib1g"])
  }

  // MARK: Tables

  static func fieldIsNoNumber(
    _ text: String, in path: String, numbers: String?
  ) -> Diagnostic {
    var diagnostic = file(
      "E0610",
      text.isEmpty
        ? "a field in `\(path)` is empty" : "`\(text.prefix(40))` in `\(path)` is no number")
    if text.isEmpty || ["na", "n/a", "null", "none", "-"].contains(text.lowercased()) {
      diagnostic.notes.append("a number that is missing is written nan")
    } else if text.contains(","),
      CSVReader.number(Array(text.utf8.map { $0 == 44 ? 46 : $0 })[...]) != nil
    {
      diagnostic.notes.append("numbers have a point, whatever the country: 1.5")
    }
    if let numbers { diagnostic.help.append("load(\"\(path)\", columns = \(numbers))") }
    return diagnostic
  }

  static func raggedRow(_ path: String, _ count: Int, _ width: Int) -> Diagnostic {
    file(
      "E0611",
      "a row of `\(path)` has \(count.counting("field")), "
        + "the first has \(width)")
  }

  static func mixedHeader(_ path: String, _ text: String) -> Diagnostic {
    file(
      "E0612", "the first row of `\(path)` is neither all names nor all numbers",
      notes: [
        text.contains(";")
          ? "commas end fields here; numbers have a point, whatever the country: 1.5"
          : "say what it is: `header = true` if names, `header = false` if numbers"
      ],
      help: ["load(\"\(path)\", header = true)"])
  }

  static func unknownColumn(_ name: String, in path: String, names: [String]) -> Diagnostic {
    var diagnostic = file(
      "E0613", "`\(path)` has no column `\(name)`", notes: ["its columns are \(list(names))"])
    if let near = EditDistance.suggestion(for: name, among: names) {
      diagnostic.help.append("load(\"\(path)\", columns = \"\(near)\")")
    }
    return diagnostic
  }

  static func columnOutside(_ number: Int, of width: Int, in path: String) -> Diagnostic {
    file(
      "E0613", "`\(path)` has no column \(number)",
      notes: ["it has \(width), 0 … \(width - 1), or -1 … -\(width) from the end"])
  }

  static func noHeader(_ name: String, in path: String) -> Diagnostic {
    file(
      "E0613", "the columns of `\(path)` have no names, so there is no `\(name)`",
      notes: ["its first row is numbers"], help: ["load(\"\(path)\", columns = 0)"])
  }

  static func twinColumns(_ name: String, in path: String) -> Diagnostic {
    file(
      "E0613", "`\(path)` has several columns `\(name)`", notes: ["numbers tell them apart"],
      help: ["load(\"\(path)\", columns = 0)"])
  }

  static func backwardColumns(_ path: String) -> Diagnostic {
    file(
      "E0613", "a range of columns of `\(path)` ends before it begins",
      notes: ["ranges hold both ends"])
  }

  static func emptyTable(_ path: String) -> Diagnostic {
    file("E0614", "`\(path)` has no rows of numbers")
  }

  static func openQuote(_ path: String) -> Diagnostic {
    file("E0615", "a quote in `\(path)` is never closed")
  }

  static func textBehindQuote(_ path: String) -> Diagnostic {
    file(
      "E0615", "something follows a quoted field in `\(path)`",
      notes: ["a quote inside of quotes is written twice"])
  }

  static func notUTF8(_ path: String) -> Diagnostic {
    file("E0616", "`\(path)` is text in UTF-16", notes: ["save it as UTF-8"])
  }

  // MARK: JSON

  static func notJSON(_ path: String) -> Diagnostic { file("E0623", "`\(path)` is no JSON") }

  static func raggedJSON(_ path: String) -> Diagnostic {
    file("E0624", "the arrays in `\(path)` differ in length or depth")
  }

  static func valueIsNoNumber(_ path: String) -> Diagnostic {
    file("E0624", "a value in `\(path)` is no number")
  }

  // MARK: Writing

  static let nothingToSave = file("E0631", "there is nothing to save")

  static func saveNeedsNames(_ ending: String) -> Diagnostic {
    file(
      "E0631", "a \(ending) file holds arrays by their names, and a formula has none",
      notes: ["bind it to a name first"], help: ["g = 2*W; save g to \"g\(ending)\""])
  }

  static func savedTwice(_ name: String) -> Diagnostic {
    file("E0631", "`\(name)` would stand in the file twice")
  }

  static func oneArray(_ ending: String) -> Diagnostic {
    file(
      "E0632", "a \(ending) file holds one array",
      notes: [".npz, .safetensors and .json hold several"])
  }

  static func notATable(_ name: String, _ shape: Shape) -> Diagnostic {
    file(
      "E0633", "`\(name)` is \(shape.inWords), and a table has two axes",
      notes: [".npy, .npz, .safetensors and .json hold any shape"])
  }

  static func columnLengths(_ name: String, _ count: Int, _ rows: Int) -> Diagnostic {
    file("E0633", "`\(name)` has \(count.counting("row")), what stands before it has \(rows)")
  }

  static func emptyForTable() -> Diagnostic {
    file("E0633", "a table needs a row and a column at least")
  }

  static func tooLargeForZip() -> Diagnostic {
    file("E0633", "a .npz file takes up to 4 GiB", help: [".safetensors takes more"])
  }
}
