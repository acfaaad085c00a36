/// Arrays as JSON: nested arrays of numbers, or an object with an array for each name.
extension DataFormat {
  static let json = DataFormat(
    ending: ".json", holdsNames: true
  ) { bytes, request throws(DataError) in
    do throws(JSONData.Failure) {
      return try JSONData(bytes, request).read()
    } catch {
      // The text is not to blame for an end that comes from outside.
      if Kernel.isStopped { throw DataError(.stopped(at: nil)) }
      switch error {
      case .data(let error): throw error
      case .text(let failure):
        let place = failure.offset..<min(failure.offset + 1, bytes.count)
        throw DataError(.notJSON(request.path), at: place, failure.fact)
      }
    }
  } write: { arrays throws(DataError) in
    var text = ""
    if arrays.count == 1, arrays[0].name == nil {
      JSONData.write(arrays[0], to: &text)
    } else {
      for (index, array) in arrays.enumerated() {
        text += (index == 0 ? "{" : ",\n ") + JSON.string(array.name ?? "").text + ": "
        JSONData.write(array, to: &text)
      }
      text += "}"
    }
    if Kernel.isStopped { throw DataError(.stopped(at: nil)) }
    return Array((text + "\n").utf8)
  }
}

/// Reads the arrays of a text in JSON.
struct JSONData {
  /// What can go wrong: the text, or what it holds.
  enum Failure: Error {
    case text(JSONReader.Failure)
    case data(DataError)
  }

  private let bytes: [UInt8]
  private let request: DataRequest

  init(_ bytes: [UInt8], _ request: DataRequest) {
    self.bytes = bytes
    self.request = request
  }

  func read() throws(Failure) -> [DataArray] {
    var reader = JSONReader(bytes)
    guard reader.peek() == UInt8(ascii: "{") else {
      guard request.names.isEmpty else { throw .data(DataError(.noNames(request.path, "array"))) }
      let array = try self.array(&reader)
      try text { () throws(JSONReader.Failure) in try reader.end() }
      return [array]
    }
    let starts = try members(&reader)
    let places: [Int]
    do throws(DataError) {
      places = try DataFormat.choose(request, among: starts.map { $0.name })
    } catch {
      throw .data(error)
    }
    var arrays: [DataArray] = []
    for place in places {
      reader = JSONReader(bytes)
      reader.offset = starts[place].offset
      var array = try self.array(&reader)
      array.name = starts[place].name
      arrays.append(array)
    }
    return arrays
  }

  /// Where the values of the object begin; all of the text is read once for it.
  private func members(_ reader: inout JSONReader) throws(Failure) -> [(name: String, offset: Int)]
  {
    var starts: [(name: String, offset: Int)] = []
    try text { () throws(JSONReader.Failure) in
      try reader.object { reader, name throws(JSONReader.Failure) in
        _ = reader.peek()
        starts.append((name, reader.offset))
        _ = try reader.value()
      }
      try reader.end()
    }
    return starts
  }

  private func text(_ read: () throws(JSONReader.Failure) -> Void) throws(Failure) {
    do throws(JSONReader.Failure) { try read() } catch { throw .text(error) }
  }

  /// The array that begins where the reader is; a number is one of rank 0.
  private func array(_ reader: inout JSONReader) throws(Failure) -> DataArray {
    var filling = Filling(request: request)
    do throws(JSONReader.Failure) {
      try filling.read(&reader, axis: 0)
    } catch {
      if let fault = filling.fault { throw .data(fault) }
      throw .text(error)
    }
    return DataArray(shape: Shape(filling.extents.map { $0 ?? 0 }), elements: filling.elements)
  }

  /// An array that is being filled.
  private struct Filling {
    let request: DataRequest
    var elements: [Double] = []
    /// The extent of each axis, known when its first array has ended.
    var extents: [Int?] = []
    /// How deep the numbers are, once there was one.
    var rank: Int?
    /// What is wrong with the array, where the text is right.
    var fault: DataError?

    mutating func read(_ reader: inout JSONReader, axis: Int) throws(JSONReader.Failure) {
      guard let next = reader.peek() else { throw reader.failure("a value is expected") }
      let start = reader.offset
      guard next == UInt8(ascii: "[") else { return try readNumber(&reader, axis: axis, start) }
      if let rank, axis >= rank { throw ragged(start, "an array where numbers stand elsewhere") }
      if axis == extents.count { extents.append(nil) }
      var count = 0
      try reader.array { reader throws(JSONReader.Failure) in
        try read(&reader, axis: axis + 1)
        count += 1
      }
      if let extent = extents[axis], extent != count {
        throw ragged(start, "\(count) here, \(extent) in the first")
      }
      extents[axis] = count
    }

    private mutating func readNumber(
      _ reader: inout JSONReader, axis: Int, _ start: Int
    ) throws(JSONReader.Failure) {
      if let rank, axis != rank { throw ragged(start, "a number where arrays stand elsewhere") }
      guard axis == extents.count else {
        throw ragged(start, "a number where arrays stand elsewhere")
      }
      rank = axis
      guard elements.count < request.limit / 8 else {
        fault = DataError(.dataTooLarge(request.path, elements.count + 1))
        throw reader.failure("too many")
      }
      let value = try reader.value()
      switch value {
      case .number(let number): elements.append(number)
      case .bool(let flag): elements.append(flag ? 1 : 0)
      case .string("nan"): elements.append(.nan)
      case .string("inf"): elements.append(.infinity)
      case .string("-inf"): elements.append(-.infinity)
      default:
        fault = DataError(
          .valueIsNoNumber(request.path), at: start..<reader.offset, "this is no number")
        throw JSONReader.Failure(offset: start, fact: "no number")
      }
    }

    private mutating func ragged(_ start: Int, _ fact: String) -> JSONReader.Failure {
      fault = DataError(.raggedJSON(request.path), at: start..<(start + 1), fact)
      return JSONReader.Failure(offset: start, fact: fact)
    }
  }

  // MARK: Writing

  /// Numbers so that they read back to the same bits.
  static func write(_ array: DataArray, to text: inout String) {
    var rest = array.elements[...]
    write(array.shape.extents[...], &rest, to: &text)
  }

  private static func write(
    _ extents: ArraySlice<Int>, _ rest: inout ArraySlice<Double>, to text: inout String
  ) {
    guard let extent = extents.first else {
      text += JSON.number(rest.popFirst() ?? 0).text
      return
    }
    text += "["
    for index in 0..<extent where !Kernel.isStopped {
      if index > 0 { text += extents.count == 1 ? ", " : ",\n  " }
      write(extents.dropFirst(), &rest, to: &text)
    }
    text += "]"
  }
}
