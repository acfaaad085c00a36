import WengertKernels

/// How a binary file stores a number.
enum ElementType: Sendable {
  case float64, float32, float16, bfloat16
  case int64, int32, int16, int8, uint64, uint32, uint16, uint8
  case bool

  /// Bytes for each number.
  var size: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// The names of NumPy: kind and size.
  static let numpy: [String: ElementType] = [
    "f8": .float64, "f4": .float32, "f2": .float16, "i8": .int64, "i4": .int32, "i2": .int16,
    "i1": .int8, "u8": .uint64, "u4": .uint32, "u2": .uint16, "u1": .uint8, "b1": .bool,
  ]

  /// The names of safetensors.
  static let safetensors: [String: ElementType] = [
    "F64": .float64, "F32": .float32, "F16": .float16, "BF16": .bfloat16, "I64": .int64,
    "I32": .int32, "I16": .int16, "I8": .int8, "U64": .uint64, "U32": .uint32, "U16": .uint16,
    "U8": .uint8, "BOOL": .bool,
  ]

  /// Numbers from bytes; there must be `count * size` of them.
  func numbers(_ bytes: ArraySlice<UInt8>, count: Int, bigEndian: Bool) -> [Double] {
    switch self {
    case .float64 where !bigEndian: copy(bytes, count)
    case .float64: decode(bytes, count, bigEndian) { Double(bitPattern: $0) }
    case .float32: decode(bytes, count, bigEndian) { Double(Float(bitPattern: $0)) }
    case .float16: decode(bytes, count, bigEndian, ElementType.half)
    case .bfloat16:
      decode(bytes, count, bigEndian) { (bits: UInt16) in
        Double(Float(bitPattern: UInt32(bits) << 16))
      }
    case .int64: decode(bytes, count, bigEndian) { (value: Int64) in Double(value) }
    case .int32: decode(bytes, count, bigEndian) { (value: Int32) in Double(value) }
    case .int16: decode(bytes, count, bigEndian) { (value: Int16) in Double(value) }
    case .int8: decode(bytes, count, bigEndian) { (value: Int8) in Double(value) }
    case .uint64: decode(bytes, count, bigEndian) { (value: UInt64) in Double(value) }
    case .uint32: decode(bytes, count, bigEndian) { (value: UInt32) in Double(value) }
    case .uint16: decode(bytes, count, bigEndian) { (value: UInt16) in Double(value) }
    case .uint8: decode(bytes, count, bigEndian) { (value: UInt8) in Double(value) }
    case .bool: decode(bytes, count, bigEndian) { (value: UInt8) in value == 0 ? 0 : 1 }
    }
  }

  /// Numbers that lie in the bytes as they do in memory.
  private func copy(_ bytes: ArraySlice<UInt8>, _ count: Int) -> [Double] {
    bytes.withUnsafeBytes { raw in
      let present = min(count, raw.count / 8)
      return [Double](unsafeUninitializedCapacity: present) { buffer, filled in
        wl_prefer_large_pages(buffer.baseAddress, present * 8)
        let target = UnsafeMutableRawBufferPointer(buffer)
        for start in stride(from: 0, to: present, by: 1 << 16) {
          if Kernel.isStopped {
            buffer[start...].initialize(repeating: 0)
            break
          }
          let block = 8 * start..<8 * min(start + (1 << 16), present)
          UnsafeMutableRawBufferPointer(rebasing: target[block])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: raw[block]))
        }
        filled = present
      }
    }
  }

  private func decode<Bits: FixedWidthInteger>(
    _ bytes: ArraySlice<UInt8>, _ count: Int, _ isBig: Bool, _ number: (Bits) -> Double
  ) -> [Double] {
    bytes.withUnsafeBytes { raw in
      let present = min(count, raw.count / MemoryLayout<Bits>.size)
      return [Double](unsafeUninitializedCapacity: present) { buffer, filled in
        for index in 0..<present {
          if index & 0xffff == 0, Kernel.isStopped {
            buffer[index...].initialize(repeating: 0)
            break
          }
          let bits = raw.loadUnaligned(
            fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
          buffer[index] = number(isBig ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
        }
        filled = present
      }
    }
  }

  /// IEEE 754 half precision, which not every machine has as a type.
  private static func half(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023) / 1024
    let magnitude: Double
    switch exponent {
    case 0: magnitude = fraction * 0x1p-14
    case 31: magnitude = fraction == 0 ? .infinity : .nan
    default:
      magnitude = (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    }
    return bits >> 15 == 1 ? -magnitude : magnitude
  }
}

/// Whole numbers in the bytes of a file, little end first; nil beyond its end.
struct ByteReader: Sendable {
  let bytes: [UInt8]

  func number(at offset: Int, size: Int) -> Int? {
    guard offset >= 0, size <= 8, offset <= bytes.count - size else { return nil }
    var value: UInt64 = 0
    for index in (0..<size).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
    return Int(exactly: value)
  }

  /// Bytes of the file, where they are all there.
  func slice(_ start: Int, count: Int) -> ArraySlice<UInt8>? {
    guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else {
      return nil
    }
    return bytes[start..<(start + count)]
  }
}

extension [UInt8] {
  /// Appends a whole number, little end first.
  mutating func append(_ value: Int, size: Int) {
    for index in 0..<size { append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }

  /// Appends numbers as 64-bit floats, little end first.
  mutating func append(_ numbers: [Double]) {
    reserveCapacity(count + 8 * numbers.count)
    for number in numbers {
      Swift.withUnsafeBytes(of: number.bitPattern.littleEndian) { append(contentsOf: $0) }
    }
  }
}
