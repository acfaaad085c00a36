/// How an operation is written in formulas.
public enum Notation: Hashable, Sendable {
  /// How tightly an operator binds; the larger, the tighter.
  public enum Precedence: Int, Comparable, Sendable {
    case disjunction, conjunction, comparison, sum, product, prefix, power, atom

    /// Looser is smaller.
    public static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
  }

  /// `name(a, b)`; in LaTeX the command, `\operatorname{name}` where there is none
  case function(latex: String?)
  /// `a + b`; `language` is its spelling in programs, `text` in printouts
  case infix(language: String, text: String, latex: String, Precedence)
  /// `name(a)`; in LaTeX the operand between two pieces: `\sqrt{a}`, `\left|a\right|`
  case enclosed(open: String, close: String)
  /// `-a`; a word in front binds looser than comparisons: `not a < b`
  case prefix(language: String, text: String, latex: String)
  /// `a^b`
  case power
  /// `aᵀ`, `a.T` in programs, `a^{\top}` in LaTeX
  case transpose
  /// `A⁻¹`, `name(A)` in programs, `A^{-1}` in LaTeX
  case raised(text: String, latex: String)
  /// `A[1..2, 0]`, the static parameters in brackets
  case slice
  /// `a²`: a power with a fixed exponent
  case fixedPower(Int)
}
