/// What traces and reasons say of an entry at its kink.
extension KinkUse {
  /// Where the kink is and what is used there, or how far it is.
  var words: String {
    guard count > 0 else {
      return "\(NumberFormat.significant(distance, digits: 2)) from \(kink.place)"
    }
    return "at \(kink.place)\(count > 1 ? " in \(count) elements" : ""): \(kink.convention)"
  }
}
