/// What can go wrong while a list runs; the entry it happened in is added by the runner.
public struct Fault: Error, Sendable {
  /// What happened.
  public enum Reason: Sendable {
    /// An index that is no whole number, or outside of its axis.
    case index(Double, extent: Int, axis: Int)
    /// A loop count that is no whole number or negative.
    case count(Double)
    /// A loop took no turn, so a name that its body makes has no value.
    case noTurn
    /// An input without a value.
    case noValue
    /// A condition that is not a number.
    case condition(Double)
    /// A seed that is no whole number of 32 bits.
    case seed(Double)
    /// Bounds between which there is no whole number to draw.
    case interval(Double, Double)
    /// Ctrl-C, or a limit on time.
    case interrupted
    /// More memory than allowed or there is, in bytes.
    case memory(Int)
    /// A slope at a kink, where none is agreed on.
    case kink
    /// A matrix without an inverse.
    case singular
    /// A matrix that is not positive definite.
    case notPositiveDefinite
    /// A matrix without a principal logarithm.
    case noLogarithm
    /// A solver that came to no end: the length of what is left, after some steps.
    case notConverged(word: String, residual: Double, steps: Int)
    /// A solver at a point where its equations say nothing about the way to go.
    case singularStep(word: String, residual: Double, point: [Double])
    /// Anything else, in words.
    case other(String)
  }

  /// What happened.
  public var reason: Reason
  /// Where the faulty entry is written, when it is known.
  public var span: Span?
  /// Which entry of the list that ran it happened in or below.
  var place: Int?
  /// The bytes that other values took, where there was not enough memory.
  var taken = 0

  /// A fault whose place is not yet known.
  public init(_ reason: Reason) { self.reason = reason }

  /// Whether a limit ended the run, which says nothing about its numbers.
  var isLimit: Bool {
    switch reason {
    case .interrupted, .memory: true
    default: false
    }
  }

  /// A fault at a place.
  init(_ reason: Reason, at span: Span) {
    self.reason = reason
    self.span = span
  }
}
