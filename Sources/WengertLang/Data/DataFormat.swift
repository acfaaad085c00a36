/// Numbers from a file, or on their way into one.
struct DataArray: Hashable, Sendable {
  /// What the file calls it; nil where it has no name.
  var name: String?
  var shape: Shape
  /// Row by row, whatever the order in the file.
  var elements: [Double]
}

/// What is wanted of a data file.
struct DataRequest: Sendable {
  /// What messages call the file.
  var path = ""
  /// The arrays that are wanted, of a file that holds several.
  var names: [String] = []
  /// The columns that are wanted, of a table; all when nil.
  var columns: [DataColumn]?
  /// Whether a table begins with the names of its columns; nil to see for oneself.
  var hasHeader: Bool?
  /// The bytes that values may take.
  var limit = Int.max
}

/// Columns of a table, by number or by name; ranges hold both ends.
enum DataColumn: Hashable, Sendable {
  case number(Int)
  case name(String)
  indirect case range(DataColumn?, DataColumn?)
}

/// Why a data file cannot be read or written: what to tell, and which of its bytes it is about.
struct DataError: Error {
  var diagnostic: Diagnostic
  /// The bytes, of a file that is text.
  var place: Range<Int>?
  /// A few words behind the underlined bytes.
  var label = ""

  init(_ diagnostic: Diagnostic, at place: Range<Int>? = nil, _ label: String = "") {
    self.diagnostic = diagnostic
    self.place = place
    self.label = label
  }
}

/// A format of data files: a row of the table that `load` and `save` read.
struct DataFormat: Sendable {
  /// The ending of file names.
  let ending: String
  /// Whether a file holds several arrays by their names.
  var holdsNames = false
  /// Whether even a single array must have one.
  var needsNames = false
  /// Whether it is a table, of which columns can be chosen.
  var takesColumns = false
  /// Refuses arrays whose shapes it cannot hold; their elements need not be there yet.
  var fits: @Sendable ([DataArray]) throws(DataError) -> Void = { _ in }
  let read: @Sendable ([UInt8], DataRequest) throws(DataError) -> [DataArray]
  let write: @Sendable ([DataArray]) throws(DataError) -> [UInt8]

  /// Every format.
  static let all = [csv, tsv, json, npy, npz, safetensors]

  /// The format that the ending of a path names.
  static func named(by path: String) throws(DataError) -> DataFormat {
    let folded = path.lowercased()
    if let format = all.first(where: { folded.hasSuffix($0.ending) }) { return format }
    throw DataError(.unknownDataFormat(path, known: all.map { $0.ending }))
  }

  /// The places of the wanted arrays among those that a file holds.
  static func choose(_ request: DataRequest, among names: [String]) throws(DataError) -> [Int] {
    guard !request.names.isEmpty else {
      if names.count == 1 { return [0] }
      throw DataError(
        names.isEmpty ? .noArrays(request.path) : .severalArrays(request.path, names))
    }
    var places: [Int] = []
    for name in request.names {
      guard let place = names.firstIndex(of: name) else {
        throw DataError(.unknownArray(name, in: request.path, names: names))
      }
      guard names.lastIndex(of: name) == place else {
        throw DataError(.damaged(request.path, "two arrays are called `\(name)`"))
      }
      places.append(place)
    }
    return places
  }

  /// How many elements a shape read from a file has.
  static func count(of extents: [Int], _ request: DataRequest) throws(DataError) -> Int {
    let shape = Shape(extents)
    guard extents.count <= 64, extents.allSatisfy({ $0 >= 0 }), shape.isCountable else {
      throw DataError(.damaged(request.path, "it claims the shape \(extents)"))
    }
    return shape.count
  }

  /// Refuses numbers beyond the memory allowed.
  static func check(_ count: Int, _ request: DataRequest) throws(DataError) {
    guard count <= request.limit / 8 else { throw DataError(.dataTooLarge(request.path, count)) }
  }
}
