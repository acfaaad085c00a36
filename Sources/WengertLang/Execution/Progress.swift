import WengertKernels

/// How training gets on, told now and then.
public struct TrainingProgress: Sendable {
  /// How many steps were taken.
  public var step: Int
  /// How many there will be at most.
  public var steps: Int
  /// What becomes small, before the last step.
  public var value: Double
  /// Seconds since the training began.
  public var seconds: Double
}

/// Looks at training while it runs: after a second, and then ten times a second.
final class Progress {
  private let receive: (TrainingProgress?) -> Void
  private var start = 0.0
  private var next = 0.0
  private var hasTold = false

  /// - Parameter receive: gets the progress, and nil when the training is over.
  init(receive: @escaping (TrainingProgress?) -> Void) { self.receive = receive }

  func begin() {
    start = wl_monotonic_seconds()
    next = start + 1
    hasTold = false
  }

  @inline(__always)
  func look(_ loop: LoopCall, _ turn: Int) {
    let now = wl_monotonic_seconds()
    guard now >= next, let watched = loop.watched else { return }
    next = now + 0.1
    hasTold = true
    receive(
      TrainingProgress(
        step: turn, steps: watched.extent, value: watched.value, seconds: now - start))
  }

  func end() {
    if hasTold { receive(nil) }
  }
}
