import WengertKernels

/// NumPy's archives: `.npz`, a zip file that holds a `.npy` for each name.
///
/// Written without compression; compressed members are read with zlib.
extension DataFormat {
  static let npz = DataFormat(
    ending: ".npz", holdsNames: true,
    needsNames: true,
    fits: { arrays throws(DataError) in
      // Numbers, and for each array its names and headers.
      let size = arrays.reduce(0) { $0 + 8 * $1.shape.count + 2 * ($1.name?.utf8.count ?? 0) + 512 }
      guard size < 0xFFFF_0000 else { throw DataError(.tooLargeForZip()) }
    }
  ) { bytes, request throws(DataError) in
    let archive = try ZipArchive(bytes, request)
    let members = archive.members.filter { $0.name.hasSuffix(".npy") }
    let names = members.map { String($0.name.dropLast(4)) }
    var arrays: [DataArray] = []
    for place in try choose(request, among: names) {
      var inner = request
      inner.path = "\(request.path): \(names[place])"
      inner.names = []
      var array = try NPY.read(try archive.contents(of: members[place], inner), inner)
      array.name = names[place]
      arrays.append(array)
    }
    return arrays
  } write: { arrays throws(DataError) in
    try ZipArchive.write(arrays.map { (($0.name ?? "") + ".npy", NPY.write($0)) })
  }
}

/// A zip file, as far as archives of arrays need it (PKWARE's APPNOTE, sections 4.3 to 4.5).
struct ZipArchive {
  struct Member {
    var name: String
    var method = 0
    var flags = 0
    var checksum = 0
    var packed = 0
    var size = 0
    var start = 0
  }

  private let reader: ByteReader
  private(set) var members: [Member] = []

  /// Reads the directory, which is at the end.
  init(_ bytes: [UInt8], _ request: DataRequest) throws(DataError) {
    reader = ByteReader(bytes: bytes)
    guard
      reader.number(at: 0, size: 4) == 0x0403_4B50 || reader.number(at: 0, size: 4) == 0x0605_4B50
    else { throw DataError(.notThisFormat(request.path, ".npz")) }
    guard let members = ZipArchive.directory(reader) else {
      throw DataError(.damaged(request.path, "its directory is incomplete"))
    }
    self.members = members
  }

  private static func directory(_ reader: ByteReader) -> [Member]? {
    var end = reader.bytes.count - 22
    let earliest = max(0, end - 0xFFFF)
    while end >= earliest, reader.number(at: end, size: 4) != 0x0605_4B50 { end -= 1 }
    guard end >= earliest, var count = reader.number(at: end + 10, size: 2),
      var offset = reader.number(at: end + 16, size: 4)
    else { return nil }
    if count == 0xFFFF || offset == 0xFFFF_FFFF,
      reader.number(at: end - 20, size: 4) == 0x0706_4B50
    {
      guard let large = reader.number(at: end - 12, size: 8),
        reader.number(at: large, size: 4) == 0x0606_4B50, large <= end,
        let all = reader.number(at: large + 32, size: 8),
        let place = reader.number(at: large + 48, size: 8)
      else { return nil }
      (count, offset) = (all, place)
    }
    // A member of the directory takes 46 bytes or more.
    guard count <= reader.bytes.count / 46, offset <= end else { return nil }
    var members: [Member] = []
    for _ in 0..<count {
      guard let member = member(reader, &offset) else { return nil }
      members.append(member)
    }
    return members
  }

  private static func member(_ reader: ByteReader, _ offset: inout Int) -> Member? {
    guard reader.number(at: offset, size: 4) == 0x0201_4B50,
      let flags = reader.number(at: offset + 8, size: 2),
      let method = reader.number(at: offset + 10, size: 2),
      let checksum = reader.number(at: offset + 16, size: 4),
      let packed = reader.number(at: offset + 20, size: 4),
      let size = reader.number(at: offset + 24, size: 4),
      let nameLength = reader.number(at: offset + 28, size: 2),
      let extraLength = reader.number(at: offset + 30, size: 2),
      let commentLength = reader.number(at: offset + 32, size: 2),
      let start = reader.number(at: offset + 42, size: 4),
      let name = reader.slice(offset + 46, count: nameLength),
      let extra = reader.slice(offset + 46 + nameLength, count: extraLength)
    else { return nil }
    var member = Member(
      name: String(decoding: name, as: UTF8.self), method: method, flags: flags,
      checksum: checksum, packed: packed, size: size, start: start)
    guard enlarge(&member, reader, extra.startIndex..<extra.endIndex) else { return nil }
    offset += 46 + nameLength + extraLength + commentLength
    return member
  }

  /// Sizes that do not fit 32 bits stand in an extra field with the number 1.
  private static func enlarge(
    _ member: inout Member, _ reader: ByteReader, _ extra: Range<Int>
  ) -> Bool {
    var place = extra.lowerBound
    while place + 4 <= extra.upperBound {
      guard let id = reader.number(at: place, size: 2),
        let length = reader.number(at: place + 2, size: 2)
      else { return false }
      place += 4
      if id == 1 {
        var next = place
        for path in [\Member.size, \Member.packed, \Member.start]
        where member[keyPath: path] == 0xFFFF_FFFF {
          guard let value = reader.number(at: next, size: 8), value <= Int.max / 4 else {
            return false
          }
          member[keyPath: path] = value
          next += 8
        }
      }
      place += length
    }
    return true
  }

  /// The bytes of a member, unpacked and checked.
  func contents(of member: Member, _ request: DataRequest) throws(DataError) -> [UInt8] {
    let path = request.path
    guard member.flags & 1 == 0 else { throw DataError(.damaged(path, "it is encrypted")) }
    guard reader.number(at: member.start, size: 4) == 0x0403_4B50,
      let nameLength = reader.number(at: member.start + 26, size: 2),
      let extraLength = reader.number(at: member.start + 28, size: 2),
      let packed = reader.slice(
        member.start + 30 + nameLength + extraLength, count: member.packed)
    else { throw DataError(.damaged(path, "it points outside of the file")) }
    // Deflate packs at most 1032 to 1, so a larger claim is a lie; nothing is allocated for it.
    guard member.size / 1032 <= member.packed else {
      throw DataError(.damaged(path, "it claims to unpack to \(member.size) bytes"))
    }
    guard member.size / 8 <= request.limit / 8 else {
      throw DataError(.dataTooLarge(path, member.size / 8))
    }
    let bytes: [UInt8]
    switch member.method {
    case 0:
      guard member.packed == member.size else {
        throw DataError(.damaged(path, "its two sizes differ"))
      }
      bytes = Array(packed)
    case 8: bytes = try ZipArchive.inflated(packed, member.size, path)
    default: throw DataError(.unknownCompression(path, member.method))
    }
    guard Int(wl_crc32(bytes, bytes.count)) == member.checksum else {
      throw DataError(.damaged(path, "its checksum does not agree"))
    }
    return bytes
  }

  private static func inflated(
    _ packed: ArraySlice<UInt8>, _ size: Int, _ path: String
  ) throws(DataError) -> [UInt8] {
    guard wl_inflate_available() != 0 else { throw DataError(.noZlib(path)) }
    var isDone = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
      packed.withUnsafeBufferPointer { from in
        guard let source = from.baseAddress, let target = buffer.baseAddress else { return }
        isDone = wl_inflate(source, from.count, target, size) != 0
      }
      filled = isDone ? size : 0
    }
    guard isDone || size == 0 else {
      throw DataError(.damaged(path, "it cannot be unpacked"))
    }
    return bytes
  }

  /// Writes members without compression; the same contents give the same bytes.
  static func write(_ members: [(name: String, bytes: [UInt8])]) throws(DataError) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in members {
      guard file.count + bytes.count < 0xFFFF_0000, name.utf8.count < 0xFFFF else {
        throw DataError(.tooLargeForZip())
      }
      // Version 2.0; names in UTF-8; stored; the first of January 1980.
      var header: [UInt8] = []
      for field in [20, 1 << 11, 0, 0, 33] { header.append(field, size: 2) }
      header.append(Int(wl_crc32(bytes, bytes.count)), size: 4)
      header.append(bytes.count, size: 4)
      header.append(bytes.count, size: 4)
      header.append(name.utf8.count, size: 2)
      header.append(0, size: 2)
      directory.append(0x0201_4B50, size: 4)
      directory.append(20, size: 2)
      directory += header
      for size in [2, 2, 2, 4] { directory.append(0, size: size) }
      directory.append(file.count, size: 4)
      directory += name.utf8
      file.append(0x0403_4B50, size: 4)
      file += header
      file += name.utf8
      file += bytes
    }
    let start = file.count
    file += directory
    file.append(0x0605_4B50, size: 4)
    for field in [0, 0, members.count, members.count] { file.append(field, size: 2) }
    file.append(directory.count, size: 4)
    file.append(start, size: 4)
    file.append(0, size: 2)
    return file
  }
}
