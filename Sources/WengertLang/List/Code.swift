/// The numbers of the rows that lists themselves know: `Catalogue.all` begins with them, in this
/// order.
enum Code {
  static var input: UInt16 { 0 }
  static var number: UInt16 { 1 }
  static var parameter: UInt16 { 2 }
  static var loop: UInt16 { 3 }
  static var final: UInt16 { 4 }
  static var last: UInt16 { 5 }
  static var stacked: UInt16 { 6 }
  static var history: UInt16 { 7 }
  static var turns: UInt16 { 8 }
  static var branch: UInt16 { 9 }
  static var arm: UInt16 { 10 }
  static var custom: UInt16 { 11 }
  static var print: UInt16 { 12 }
  /// Rows from here on are operations.
  static var firstOperation: UInt16 { 13 }
}
