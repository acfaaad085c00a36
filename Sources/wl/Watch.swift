import CLineEditor
import WengertKernels

/// The limits of a run that are looked after while it runs: its time and its memory.
enum Watch {
  /// What a run may take beside its values: its program, its list, the libraries that it opens.
  private static let beside = 1 << 26
  nonisolated(unsafe) private static var bytes = 0

  /// Begins to look after a script.
  static func begin(_ invocation: Invocation) {
    bytes = invocation.memory.map { $0 + beside } ?? 0
    guard invocation.seconds != nil || bytes > 0 else { return }
    wl_watch(invocation.seconds ?? 0, bytes, wl_interrupt_set, 1)
  }

  /// Begins to look after what was typed at the prompt.
  static func begin(seconds: Double?) {
    guard seconds != nil || bytes > 0 else { return }
    wl_watch(seconds ?? 0, bytes, wl_interrupt_set, 0)
  }

  /// Looks away while nothing runs.
  static func rest() { wl_watch(0, 0, wl_interrupt_set, 0) }
}
