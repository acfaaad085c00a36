/// How many cells of a terminal characters take.
public enum Cells {
  /// Tabs reach the next multiple of this.
  public static let tab = 4

  /// The cells of a text without line breaks.
  public static func width(_ text: some StringProtocol) -> Int {
    var width = 0
    for scalar in text.unicodeScalars { width += self.width(scalar, at: width) }
    return width
  }

  /// The cells of a character that begins at a column, counted from 0.
  public static func width(_ scalar: Unicode.Scalar, at column: Int = 0) -> Int {
    let value = scalar.value
    if value == 9 { return tab - column % tab }
    if value < 0x300 { return 1 }
    switch value {
    case 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return 1
    }
  }
}
