/// NumPy's arrays: `.npy`.
///
/// Ten or twelve bytes, a header that is a Python dictionary, then the numbers
/// (numpy.lib.format, versions 1 to 3).
extension DataFormat {
  static let npy = DataFormat(
    ending: ".npy",
    fits: { arrays throws(DataError) in
      guard arrays.count == 1 else { throw DataError(.oneArray(".npy")) }
    }
  ) { bytes, request throws(DataError) in
    guard request.names.isEmpty else { throw DataError(.noNames(request.path, ".npy")) }
    return [try NPY.read(bytes, request)]
  } write: { arrays throws(DataError) in
    guard arrays.count == 1 else { throw DataError(.oneArray(".npy")) }
    return NPY.write(arrays[0])
  }
}

enum NPY {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  static func read(_ bytes: [UInt8], _ request: DataRequest) throws(DataError) -> DataArray {
    guard bytes.starts(with: magic) else { throw DataError(.notThisFormat(request.path, ".npy")) }
    let reader = ByteReader(bytes: bytes)
    let isLong = bytes.count > 6 && bytes[6] > 1
    let start = isLong ? 12 : 10
    guard let length = reader.number(at: 8, size: isLong ? 4 : 2),
      let text = reader.slice(start, count: length)
    else { throw DataError(.damaged(request.path, "it ends inside of its header")) }
    guard (1...3).contains(bytes[6]) else {
      throw DataError(.damaged(request.path, "it is of version \(bytes[6]); 1 to 3 are known"))
    }
    guard let header = NPYHeader(String(decoding: text, as: UTF8.self)) else {
      throw DataError(.damaged(request.path, "its header is no description of an array"))
    }
    let (type, isBig) = try elementType(header.type, request)
    let count = try DataFormat.count(of: header.extents, request)
    let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
    let present = bytes.count - start - length
    guard !overflow, size == present else {
      throw DataError(
        .damaged(
          request.path,
          "its header claims \(Shape(header.extents).inWords) of \(header.type), \(size) bytes, "
            + "and \(present) are there"))
    }
    try DataFormat.check(count, request)
    let numbers = type.numbers(bytes[(start + length)...], count: count, bigEndian: isBig)
    let shape = Shape(header.extents)
    return DataArray(
      shape: shape, elements: header.isFortran ? transposed(numbers, shape.extents) : numbers)
  }

  /// What a type such as `<f8` means.
  private static func elementType(
    _ type: String, _ request: DataRequest
  ) throws(DataError) -> (ElementType, isBig: Bool) {
    let hasOrder = type.first.map { "<>=|".contains($0) } ?? false
    let name = hasOrder ? String(type.dropFirst()) : type
    guard let element = ElementType.numpy[name] else {
      throw DataError(.unknownElementType(request.path, type))
    }
    return (element, type.first == ">")
  }

  /// Numbers in Fortran's order, the first index fastest, row by row.
  private static func transposed(_ numbers: [Double], _ extents: [Int]) -> [Double] {
    guard extents.count > 1, !numbers.isEmpty else { return numbers }
    var steps: [Int] = []
    var step = 1
    for extent in extents {
      steps.append(step)
      step *= extent
    }
    var result: [Double] = []
    result.reserveCapacity(numbers.count)
    var index = Array(repeating: 0, count: extents.count)
    var place = 0
    while result.count < numbers.count {
      result.append(numbers[place])
      if result.count & 0xffff == 0, Kernel.isStopped { return numbers }
      var axis = extents.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += steps[axis]
        if index[axis] < extents[axis] { break }
        place -= steps[axis] * extents[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }

  /// A file of version 1, its header padded so that the numbers begin at a multiple of 64.
  static func write(_ array: DataArray) -> [UInt8] {
    let extents = array.shape.extents.map { "\($0), " }.joined()
    // Python writes (3,) and (2, 3): the last comma only where it is needed.
    let shape = array.shape.rank == 1 ? String(extents.dropLast()) : String(extents.dropLast(2))
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(shape)), }"
    let unpadded = 10 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    var bytes = magic + [1, 0]
    bytes.append(header.utf8.count, size: 2)
    bytes += header.utf8
    bytes.append(array.elements)
    return bytes
  }
}

/// The header of an array of NumPy: `{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }`.
struct NPYHeader {
  private(set) var type = ""
  private(set) var isFortran = false
  private(set) var extents: [Int] = []

  /// Reads a header; nil when it is anything but these three entries.
  init?(_ text: String) {
    var words = NPYHeader.words(text)[...]
    func take(_ word: String) -> Bool {
      guard words.first == word else { return false }
      words.removeFirst()
      return true
    }
    var seen: Set<String> = []
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = words.popFirst(), seen.insert(key).inserted, take(":") else { return nil }
      switch key {
      case "'descr'":
        guard let word = words.popFirst(), word.hasPrefix("'") else { return nil }
        type = String(word.dropFirst().dropLast())
      case "'fortran_order'":
        guard let word = words.popFirst(), word == "True" || word == "False" else { return nil }
        isFortran = word == "True"
      case "'shape'":
        guard take("(") else { return nil }
        while !take(")") {
          guard let word = words.popFirst(), let extent = Int(word) else { return nil }
          extents.append(extent)
          if !take(","), words.first != ")" { return nil }
        }
      default: return nil
      }
      if !take(","), words.first != "}" { return nil }
    }
    guard words.isEmpty, seen.count == 3 else { return nil }
  }

  /// Quoted texts, words and signs.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var rest = text[...]
    while let letter = rest.popFirst() {
      if letter == " " || letter == "\n" { continue }
      if letter == "'" || letter == "\"" {
        words.append("'" + rest.prefix { $0 != letter } + "'")
        rest = rest.drop { $0 != letter }.dropFirst()
      } else if letter.isLetter || letter.isNumber || letter == "-" {
        let tail = rest.prefix { $0.isLetter || $0.isNumber }
        rest = rest.dropFirst(tail.count)
        words.append(String(letter) + tail)
      } else {
        words.append(String(letter))
      }
    }
    return words
  }
}
