/// Tables as text: `.csv` and `.tsv`.
///
/// Strict, since a wrong number in data is seen by nobody: every row is as long as the first, and
/// every field of a wanted column is a number.
extension DataFormat {
  static let csv = table(".csv", separator: nil)
  static let tsv = table(".tsv", separator: UInt8(ascii: "\t"))

  private static func table(_ ending: String, separator: UInt8?) -> DataFormat {
    DataFormat(ending: ending, takesColumns: true, fits: CSVWriter.check) {
      bytes, request throws(DataError) in
      var reader = CSVReader(bytes, separator: separator, request)
      return [try reader.read()]
    } write: { arrays throws(DataError) in
      try CSVWriter(separator: separator ?? UInt8(ascii: ",")).write(arrays)
    }
  }
}

/// Reads a table.
struct CSVReader {
  private let bytes: [UInt8]
  private let request: DataRequest
  private var separator: UInt8
  private var offset = 0

  /// One field of a row: its bytes, without quotes.
  struct Field {
    var range: Range<Int>
    var isQuoted = false
  }

  init(_ bytes: [UInt8], separator: UInt8?, _ request: DataRequest) {
    // Spreadsheets begin files with the mark of UTF-8, which is no part of the first name.
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    self.bytes = bytes
    self.request = request
    self.separator = separator ?? UInt8(ascii: ",")
    if separator == nil { self.separator = CSVReader.separator(of: bytes) }
  }

  /// What stands between the fields of the first line: the most frequent of `,`, `;` and tab.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return candidates.max { counts[$0] ?? 0 < counts[$1] ?? 0 } ?? UInt8(ascii: ",")
  }

  mutating func read() throws(DataError) -> DataArray {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw DataError(.notUTF8(request.path))
    }
    var fields: [Field] = []
    guard try nextRow(into: &fields) else { throw DataError(.emptyTable(request.path)) }
    let width = fields.count
    let hasHeader = try hasHeader(fields)
    let names = hasHeader ? fields.map { text($0) } : nil
    let columns = try columns(names, width, first: fields)
    var elements: [Double] = []
    var rows = 0
    var isRow = true
    if hasHeader { isRow = try nextRow(into: &fields) }
    while isRow {
      guard fields.count == width else { throw ragged(fields, width) }
      try DataFormat.check(elements.count + columns.count, request)
      for column in columns {
        guard let number = number(fields[column]) else {
          throw notANumber(fields, column, names)
        }
        elements.append(number)
      }
      rows += 1
      if rows & 0xff == 0, Kernel.isStopped { throw DataError(.stopped(at: nil)) }
      isRow = try nextRow(into: &fields)
    }
    guard rows > 0 else { throw DataError(.emptyTable(request.path)) }
    return DataArray(shape: Shape([rows, columns.count]), elements: elements)
  }

  // MARK: Rows

  /// Reads the fields of the next row that is not blank; false at the end.
  private mutating func nextRow(into fields: inout [Field]) throws(DataError) -> Bool {
    fields.removeAll(keepingCapacity: true)
    while offset < bytes.count, isBlankLine() { skipLine() }
    guard offset < bytes.count else { return false }
    while true {
      fields.append(try field())
      if fields.count & 0xfff == 0, Kernel.isStopped { throw DataError(.stopped(at: nil)) }
      guard offset < bytes.count, bytes[offset] == separator else { break }
      offset += 1
    }
    skipLine()
    return true
  }

  private func isBlankLine() -> Bool {
    var place = offset
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
      case UInt8(ascii: " "): place += 1
      case UInt8(ascii: "\t") where separator != UInt8(ascii: "\t"): place += 1
      default: return false
      }
    }
    return true
  }

  /// Goes behind the next line break.
  private mutating func skipLine() {
    while offset < bytes.count, !endsLine(bytes[offset]) { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\r") { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
  }

  private func endsLine(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func field() throws(DataError) -> Field {
    while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") { return try quotedField() }
    let start = offset
    while offset < bytes.count, bytes[offset] != separator, !endsLine(bytes[offset]) {
      offset += 1
    }
    var end = offset
    while end > start, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
    return Field(range: start..<end)
  }

  private mutating func quotedField() throws(DataError) -> Field {
    let quote = offset
    offset += 1
    let start = offset
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "\"") {
        guard offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\"") else { break }
        offset += 1
      }
      offset += 1
    }
    guard offset < bytes.count else {
      throw DataError(.openQuote(request.path), at: quote..<(quote + 1), "it begins here")
    }
    let end = offset
    offset += 1
    while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
    guard offset >= bytes.count || bytes[offset] == separator || endsLine(bytes[offset]) else {
      throw DataError(.textBehindQuote(request.path), at: offset..<(offset + 1), "this")
    }
    return Field(range: start..<end, isQuoted: true)
  }

  private func text(_ field: Field) -> String {
    var kept: [UInt8] = []
    for byte in bytes[field.range] {
      // A quote in quotes is written twice.
      let isTwin = field.isQuoted && byte == UInt8(ascii: "\"") && kept.last == byte
      if !isTwin { kept.append(byte) }
    }
    return String(decoding: kept, as: UTF8.self)
  }

  // MARK: Numbers

  /// The number that a field is; nil when it is none.
  private func number(_ field: Field) -> Double? { CSVReader.number(bytes[field.range]) }

  static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
    var isPlain = !bytes.isEmpty
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
        break
      default: isPlain = false
      }
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if isPlain { return Double(text).flatMap { $0.isFinite ? $0 : nil } }
    guard bytes.count <= 9 else { return nil }
    switch text.lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  // MARK: Columns

  /// Whether the first row is names: all of it is, or nothing.
  private func hasHeader(_ fields: [Field]) throws(DataError) -> Bool {
    if let given = request.hasHeader { return given }
    let texts = fields.filter { $0.isQuoted || number($0) == nil }
    if texts.count == fields.count || texts.isEmpty { return !texts.isEmpty }
    throw DataError(
      .mixedHeader(request.path, text(texts[0])), at: texts[0].range,
      "text; other fields are numbers")
  }

  private func columns(
    _ names: [String]?, _ width: Int, first: [Field]
  ) throws(DataError) -> [Int] {
    guard let wanted = request.columns else { return Array(0..<width) }
    var columns: [Int] = []
    for column in wanted {
      switch column {
      case .number, .name: columns.append(try place(of: column, names, width))
      case .range(let from, let to):
        let start = try from.map { end throws(DataError) in try place(of: end, names, width) } ?? 0
        let end =
          try to.map { end throws(DataError) in try place(of: end, names, width) } ?? width - 1
        guard start <= end else { throw DataError(.backwardColumns(request.path)) }
        columns += start...end
      }
    }
    return columns
  }

  private func place(
    of column: DataColumn, _ names: [String]?, _ width: Int
  ) throws(DataError) -> Int {
    switch column {
    case .number(let number):
      guard number < width, number >= -width else {
        throw DataError(.columnOutside(number, of: width, in: request.path))
      }
      return number < 0 ? number + width : number
    case .name(let name):
      guard let names else { throw DataError(.noHeader(name, in: request.path)) }
      guard let place = names.firstIndex(of: name) else {
        throw DataError(.unknownColumn(name, in: request.path, names: names))
      }
      guard names.lastIndex(of: name) == place else {
        throw DataError(.twinColumns(name, in: request.path))
      }
      return place
    case .range: throw DataError(.backwardColumns(request.path))
    }
  }

  // MARK: Errors

  private func ragged(_ fields: [Field], _ width: Int) -> DataError {
    let last = fields.last?.range ?? offset..<offset
    let extra = fields.count > width ? fields[width].range : last.upperBound..<last.upperBound
    return DataError(
      .raggedRow(request.path, fields.count, width), at: extra,
      fields.count > width ? "one more than there should be" : "the row ends here")
  }

  private func notANumber(_ fields: [Field], _ column: Int, _ names: [String]?) -> DataError {
    let field = fields[column]
    // What could be loaded: the columns around that are numbers in this row.
    var (first, last) = (0, -1)
    var start = 0
    for place in 0...fields.count where place == fields.count || number(fields[place]) == nil {
      if place - start > last - first + 1 { (first, last) = (start, place - 1) }
      start = place + 1
    }
    var range: String?
    if last >= first {
      let ends = [first, last].map { place in names.map { "\"\($0[place])\"" } ?? "\(place)" }
      range = first == last ? ends[0] : ends.joined(separator: "..")
    }
    return DataError(
      .fieldIsNoNumber(text(field), in: request.path, numbers: range), at: field.range,
      names.map { "in column \(column), `\($0[column])`" } ?? "in column \(column)")
  }
}

/// Writes a table: a matrix as it is, vectors as columns under their names.
struct CSVWriter {
  let separator: UInt8

  /// Refuses what is no table.
  static func check(_ arrays: [DataArray]) throws(DataError) {
    var rows: Int?
    for array in arrays {
      let name = array.name ?? "this"
      guard array.shape.rank <= 2 else { throw DataError(.notATable(name, array.shape)) }
      let count = array.shape.extents.first ?? 1
      if let rows, rows != count { throw DataError(.columnLengths(name, count, rows)) }
      rows = count
    }
    guard let rows, rows > 0, widths(of: arrays).allSatisfy({ $0 > 0 }) else {
      throw DataError(.emptyForTable())
    }
  }

  /// How many columns each array takes.
  private static func widths(of arrays: [DataArray]) -> [Int] {
    arrays.map { $0.shape.rank == 2 ? $0.shape[1] : 1 }
  }

  func write(_ arrays: [DataArray]) throws(DataError) -> [UInt8] {
    try CSVWriter.check(arrays)
    let widths = CSVWriter.widths(of: arrays)
    let rows = arrays[0].shape.extents.first ?? 1
    var bytes: [UInt8] = []
    if !(arrays.count == 1 && arrays[0].shape.rank == 2) { writeHeader(arrays, widths, &bytes) }
    for row in 0..<rows {
      if row & 0xff == 0, Kernel.isStopped { throw DataError(.stopped(at: nil)) }
      var isFirst = true
      for (array, width) in zip(arrays, widths) {
        for number in array.elements[(row * width)..<((row + 1) * width)] {
          if !isFirst { bytes.append(separator) }
          isFirst = false
          bytes += CSVWriter.text(number).utf8
        }
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private func writeHeader(_ arrays: [DataArray], _ widths: [Int], _ bytes: inout [UInt8]) {
    var names: [String] = []
    for (index, (array, width)) in zip(arrays, widths).enumerated() {
      let name = array.name ?? "column\(index)"
      names += array.shape.rank < 2 ? [name] : (0..<width).map { "\(name)_\($0)" }
    }
    bytes += names.joined(separator: String(UnicodeScalar(separator))).utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  /// The shortest text that reads back to the same bits; whole numbers have no point.
  static func text(_ number: Double) -> String {
    // Interpolation would write the sign of nan, and what is in it.
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
