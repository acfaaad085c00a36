/// What the reverse sweep makes of zeros that say that nothing is handed back.
public enum ZeroRule: String, CaseIterable, Sendable {
  /// They are skipped: nothing times infinity is nothing.
  case structural
  /// They are numbers like others: 0 · ∞ is nan.
  case ieee
}
