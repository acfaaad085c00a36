import Glibc
import WengertLang

/// One line on standard error that says how training gets on, on a terminal only.
struct ProgressBar {
  private let isShown: Bool
  private var isThere = false

  init(isShown: Bool) {
    self.isShown = isShown && Terminal.isTerminal(STDERR_FILENO) && !Terminal.isDumb
  }

  /// What draws the line anew, or takes it away when the training is over.
  mutating func text(_ progress: TrainingProgress?) -> String? {
    guard isShown, let progress else { return erased() }
    isThere = true
    return "\r" + ProgressBar.line(progress, width: Terminal.width) + "\u{1b}[K"
  }

  /// What takes the line away; nil where there is none.
  mutating func erased() -> String? {
    guard isThere else { return nil }
    isThere = false
    return "\r\u{1b}[K"
  }

  /// The line in so many cells: `[###   ]  50%  300/600  0.043406  0:03 left`.
  static func line(_ progress: TrainingProgress, width: Int) -> String {
    let part = Double(progress.step) / Double(max(progress.steps, 1))
    let left = progress.seconds * (1 - part) / max(part, 1e-9)
    let percent = String(Int(part * 100))
    let padding = String(repeating: " ", count: 3 - min(3, percent.count))
    let words =
      "  \(padding)\(percent)%  \(progress.step)/\(progress.steps)  \(progress.valueText)  \(time(left)) left"
    let cells = max(0, min(30, width - words.count - 3))
    guard cells > 4 else { return String(words.drop { $0 == " " }.prefix(max(0, width - 1))) }
    let full = Int(part * Double(cells))
    let bar = String(repeating: "#", count: full) + String(repeating: " ", count: cells - full)
    return "[\(bar)]" + words
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 359_999).rounded(.up))
    let minutes = whole / 60
    let rest = whole % 60
    return "\(minutes):" + (rest < 10 ? "0" : "") + "\(rest)"
  }
}
