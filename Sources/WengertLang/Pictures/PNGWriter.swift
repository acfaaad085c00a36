import WengertKernels

/// Pixels as a PNG file (ISO 15948), packed by runs of equal bytes.
enum PNGWriter {
  /// The file of a picture; nil where it has too many pixels.
  static func write(_ picture: Picture) -> [UInt8]? {
    guard let raster = Raster(picture) else { return nil }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    // 8 bits a channel, red, green and blue, no interlacing.
    chunk("IHDR", big(raster.width) + big(raster.height) + [8, 2, 0, 0, 0], &file)
    let rows = filtered(raster)
    chunk("IDAT", [0x78, 0x01] + deflated(rows) + big(Int(checksum(rows))), &file)
    chunk("IEND", [], &file)
    return file
  }

  private static func chunk(_ name: String, _ body: [UInt8], _ file: inout [UInt8]) {
    let named = Array(name.utf8) + body
    file += big(body.count) + named + big(Int(wl_crc32(named, named.count)))
  }

  private static func big(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// Every row as its difference from the row above (filter 2), which is 0 nearly everywhere.
  private static func filtered(_ raster: Raster) -> [UInt8] {
    let stride = raster.width * 3
    var rows: [UInt8] = []
    rows.reserveCapacity((stride + 1) * raster.height)
    for row in 0..<raster.height {
      rows.append(2)
      for place in row * stride..<(row + 1) * stride {
        rows.append(raster.pixels[place] &- (row == 0 ? 0 : raster.pixels[place - stride]))
      }
    }
    return rows
  }

  /// Adler's checksum (RFC 1950).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  /// One block with the fixed codes (RFC 1951, 3.2.6): bytes, and repetitions of the byte before.
  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var bits = BitWriter()
    bits.add(1, count: 1)
    bits.add(1, count: 2)
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      bits.addLiteral(byte)
      place += 1
      var end = place
      while end < bytes.count, bytes[end] == byte { end += 1 }
      while end - place >= 3 {
        let length = min(258, end - place)
        bits.addRepetition(length)
        place += length
      }
    }
    // The end of the block is the code 256: seven zeros.
    bits.addCode(0, count: 7)
    return bits.finished
  }
}

/// Bits from the lowest of each byte on.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt32 = 0
  private var count: UInt32 = 0

  mutating func add(_ value: UInt32, count: UInt32) {
    pending |= value << self.count
    self.count += count
    while self.count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      self.count -= 8
    }
  }

  /// A Huffman code, which is written from its highest bit.
  mutating func addCode(_ code: UInt32, count: UInt32) {
    for bit in (0..<count).reversed() { add(code >> bit & 1, count: 1) }
  }

  mutating func addLiteral(_ byte: UInt8) {
    if byte < 144 {
      addCode(0x30 + UInt32(byte), count: 8)
    } else {
      addCode(0x190 + UInt32(byte) - 144, count: 9)
    }
  }

  /// The byte before, 3 to 258 times more.
  mutating func addRepetition(_ length: Int) {
    guard let row = BitWriter.lengths.lastIndex(where: { $0.first <= length }) else { return }
    let code = UInt32(257 + row)
    if code < 280 { addCode(code - 256, count: 7) } else { addCode(0xC0 + code - 280, count: 8) }
    let (first, extra) = BitWriter.lengths[row]
    add(UInt32(length - first), count: extra)
    // The distance 1 has the code 0.
    addCode(0, count: 5)
  }

  /// The first length of each code from 257 on, and how many bits follow it.
  private static let lengths: [(first: Int, extra: UInt32)] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1),
    (17, 1), (19, 2), (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4),
    (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
  ]

  var finished: [UInt8] { count == 0 ? bytes : bytes + [UInt8(truncatingIfNeeded: pending)] }
}
