extension TrainingProgress {
  /// What becomes small, with six digits.
  public var valueText: String { NumberFormat.significant(value, digits: 6) }
}
