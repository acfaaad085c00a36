/// Units of memory, each 1024 times the one before.
public enum MemoryUnit {
  /// How many bytes a unit is, by its name in small letters.
  static let sizes: [String: Double] = [
    "": 0x1p20, "b": 1, "kb": 0x1p10, "mb": 0x1p20, "gb": 0x1p30, "tb": 0x1p40,
    "kib": 0x1p10, "mib": 0x1p20, "gib": 0x1p30, "tib": 0x1p40,
  ]

  /// The bytes of a size such as `64MB`; nil where it is none.
  public static func bytes(_ size: String) -> Int? {
    let number = size.prefix { $0.isNumber || $0 == "." }
    let unit = size.dropFirst(number.count).drop { $0 == " " }.lowercased()
    guard let count = Double(number), let factor = sizes[unit], count * factor < 0x1p62 else {
      return nil
    }
    return Int(count * factor)
  }

  /// A number of bytes in whole units, what is left over dropped: the largest unit that divides it,
  /// or a larger one where there would be 10 240 or more.
  public static func text(_ bytes: Int) -> String {
    guard bytes >= 1024 else { return "\(bytes) bytes" }
    let units = ["kB", "MB", "GB", "TB"]
    var (size, unit) = (bytes >> 10, 0)
    while unit < 3, size >= 10_240 || (size >= 1024 && size % 1024 == 0) {
      size >>= 10
      unit += 1
    }
    return "\(size) \(units[unit])"
  }
}
