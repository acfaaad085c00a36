/// Weights as other libraries keep them: `.safetensors`.
///
/// Eight bytes with the length of a header in JSON, which says type, shape and place of each array,
/// then the numbers (huggingface.co/docs/safetensors).
extension DataFormat {
  static let safetensors = DataFormat(
    ending: ".safetensors", holdsNames: true,
    needsNames: true
  ) { bytes, request throws(DataError) in
    let members = try SafeTensors.header(bytes, request)
    var arrays: [DataArray] = []
    for place in try choose(request, among: members.map(\.name)) {
      arrays.append(try SafeTensors.read(members[place], bytes, request))
    }
    return arrays
  } write: { arrays in
    SafeTensors.write(arrays)
  }
}

enum SafeTensors {
  /// The longest header that the format allows.
  private static let longestHeader = 100_000_000

  static func header(_ bytes: [UInt8], _ request: DataRequest) throws(DataError) -> [JSON.Member] {
    let reader = ByteReader(bytes: bytes)
    guard let length = reader.number(at: 0, size: 8), length <= longestHeader,
      let text = reader.slice(8, count: length), text.first == UInt8(ascii: "{")
    else { throw DataError(.notThisFormat(request.path, ".safetensors")) }
    guard case .object(let members)? = try? JSONReader.parse(Array(text)) else {
      throw DataError(.damaged(request.path, "its header is no JSON"))
    }
    return members.filter { $0.name != "__metadata__" }
  }

  static func read(
    _ member: JSON.Member, _ bytes: [UInt8], _ request: DataRequest
  ) throws(DataError) -> DataArray {
    let path = "\(request.path): \(member.name)"
    guard case .string(let dtype)? = member.value["dtype"],
      let extents = whole(member.value["shape"]),
      let range = whole(member.value["data_offsets"]), range.count == 2
    else { throw DataError(.damaged(path, "its header says no type, shape and place")) }
    guard let type = ElementType.safetensors[dtype] else {
      throw DataError(.unknownElementType(path, dtype))
    }
    let count = try DataFormat.count(of: extents, request)
    let reader = ByteReader(bytes: bytes)
    let start = 8 + (reader.number(at: 0, size: 8) ?? 0)
    guard range[0] >= 0, range[0] <= range[1], range[1] <= bytes.count - start else {
      throw DataError(
        .damaged(path, "its bytes \(range[0]) to \(range[1]) lie outside of the file"))
    }
    let (size, overflow) = count.multipliedReportingOverflow(by: type.size)
    guard !overflow, range[1] - range[0] == size,
      let numbers = reader.slice(start + range[0], count: size)
    else {
      throw DataError(
        .damaged(
          path,
          "\(Shape(extents).inWords) of \(dtype) take \(size) bytes, "
            + "and it has \(range[1] - range[0])"))
    }
    try DataFormat.check(count, request)
    return DataArray(
      name: member.name, shape: Shape(extents),
      elements: type.numbers(numbers, count: count, bigEndian: false))
  }

  /// Whole numbers in an array.
  private static func whole(_ value: JSON?) -> [Int]? {
    guard case .array(let parts)? = value else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard case .number(let number) = part, let whole = Int(exactly: number) else { return nil }
      numbers.append(whole)
    }
    return numbers
  }

  static func write(_ arrays: [DataArray]) -> [UInt8] {
    var header: [JSON.Member] = []
    var numbers: [UInt8] = []
    for array in arrays {
      let start = numbers.count
      numbers.append(array.elements)
      let value = JSON.members([
        "dtype": .string("F64"), "shape": .array(array.shape.extents.map { .int($0) }),
        "data_offsets": .array([.int(start), .int(numbers.count)]),
      ])
      header.append(JSON.Member(name: array.name ?? "", value: value))
    }
    var text = JSON.object(header).text
    text += String(repeating: " ", count: (8 - text.utf8.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.append(text.utf8.count, size: 8)
    bytes += text.utf8
    return bytes + numbers
  }
}

extension JSON {
  /// The value of a member of an object.
  subscript(_ name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
}
