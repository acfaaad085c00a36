@testable import WengertLang

/// The readers of data files: by their table, with every kind of request.
enum LoaderTarget {
  private static let limit = 8 << 20
  private static let names = [[], ["a"], ["W1", "b1"], ["x", "x"], [""]]
  private static let columns: [[DataColumn]?] = [
    nil, [.number(0)], [.name("x"), .number(-1)], [.range(.number(0), nil)],
    [.range(.name("x"), .name("y"))], [.number(9_000_000_000_000_000_000)],
  ]

  static func run(_ bytes: [UInt8], _ path: String) {
    guard let format = try? DataFormat.named(by: path) else { broken("\(path) has no format") }
    for names in names {
      for (columns, hasHeader) in requests(format) {
        let request = DataRequest(
          path: path, names: names, columns: columns, hasHeader: hasHeader, limit: limit)
        read(bytes, format, request)
      }
      if !format.holdsNames { break }
    }
  }

  private static func requests(_ format: DataFormat) -> [([DataColumn]?, Bool?)] {
    guard format.takesColumns else { return [(nil, nil)] }
    return columns.flatMap { columns in [nil, true, false].map { (columns, $0) } }
  }

  private static func read(_ bytes: [UInt8], _ format: DataFormat, _ request: DataRequest) {
    do throws(DataError) {
      let arrays = try format.read(bytes, request)
      for array in arrays { check(array) }
      try writeAndRead(arrays, format, request)
    } catch {
      Laws.check(error.diagnostic.pointing(at: Span(0, 0)), [])
      if let place = error.place, place.upperBound > bytes.count {
        broken("\(error.diagnostic.code) points behind the file")
      }
    }
  }

  private static func check(_ array: DataArray) {
    if array.shape.checkedCount != array.elements.count {
      broken("\(array.elements.count) elements of shape \(array.shape)")
    }
    if array.elements.count > limit / 8 { broken("\(array.elements.count) are too many") }
  }

  /// Whatever could be read is the same again when it is written and read as .npy.
  private static func writeAndRead(
    _ arrays: [DataArray], _ format: DataFormat, _ request: DataRequest
  ) throws(DataError) {
    guard let array = arrays.first else { return }
    let npy = NPY.write(array)
    let again = try NPY.read(npy, DataRequest(path: "again.npy", limit: .max))
    let isSame =
      again.shape == array.shape
      && again.elements.elementsEqual(array.elements) { $0.bitPattern == $1.bitPattern }
    if !isSame { broken("what is written is read again") }
  }
}
