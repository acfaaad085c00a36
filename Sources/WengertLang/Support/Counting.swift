/// Numbers of things, as messages tell of them.
extension Int {
  /// The number with its noun: `1 argument`, `2 arguments`.
  func counting(_ one: String, _ many: String? = nil) -> String {
    "\(self) \(self == 1 ? one : many ?? one + "s")"
  }

  /// The number with its verb: `1 was given`, `2 were given`.
  var given: String { self == 1 ? "1 was given" : "\(self) were given" }
}
