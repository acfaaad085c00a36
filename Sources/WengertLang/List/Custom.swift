/// An operation with a rule of its own: written in the language with `rule`, or made from a
/// function that the entry holds.
final class Custom: Sendable {
  /// The adjoint of one operand, as a list.
  struct Part: Sendable {
    /// Whether it is a partial, or takes the adjoint of the result (its last parameter).
    var isPartial: Bool
    /// Parameters: the operands, the result, and for a `bar` rule the result's adjoint.
    var list: List
    /// Which of the list's results it is.
    var result = 0
    /// Parts with the same number have the same list, which is written once for all of them.
    var group: Int?

    /// The slot of the list that holds it.
    var slot: Slot { list.results[result] }
  }

  let name: String
  let parameterNames: [String]
  /// Its value from the operands; of a solver the residual and Newton's step, from the unknown in
  /// the place of its start and the other operands.
  let value: List
  /// One for each operand, nil where the rule has no line for it.
  let parts: [Part?]
  /// The function that the entry holds, where it is made from one.
  let held: HeldFunction?
  /// Whether its parts are meant to be something else than derivatives of its value.
  let isUnchecked: Bool

  init(
    name: String, parameterNames: [String], value: List, parts: [Part?], held: HeldFunction? = nil,
    isUnchecked: Bool = false
  ) {
    self.name = name
    self.parameterNames = parameterNames
    self.value = value
    self.parts = parts
    self.held = held
    self.isUnchecked = isUnchecked || held?.use == .smooth
  }
}

/// A function of the program as a list, held by an entry that calls it as often as it needs to.
final class HeldFunction: Sendable {
  /// What the entry does with its function.
  enum Use: Sendable {
    /// Solves F(x, …) = 0 by Newton's steps.
    case root
    /// Solves x = g(x, …) by taking g of x again and again, and Newton's steps at the end.
    case fixpoint
    /// Averages f over x ± sigma u for the rows u of U.
    case smooth
  }

  let use: Use
  /// How the program calls it.
  let name: String
  /// How the program calls its parameters, as far as it gives them names.
  let parameterNames: [String]
  /// Parameters: the unknown or moved one, the other arguments, the free names; one result.
  let list: List
  /// How many of the parameters are free names.
  let freeCount: Int

  init(use: Use, name: String, parameterNames: [String], list: List, freeCount: Int) {
    self.use = use
    self.name = name
    self.parameterNames = parameterNames
    self.list = list
    self.freeCount = freeCount
  }

  /// Which parameter an operand of the entry is handed to, nil for the width and the draws.
  func parameter(forOperand index: Int) -> Int? {
    switch use {
    case .root, .fixpoint: index
    case .smooth: index == 0 ? 0 : index > 2 ? index - 2 : nil
    }
  }

  /// How a formula calls a parameter.
  func parameterName(_ index: Int) -> String {
    parameterNames.indices.contains(index) ? parameterNames[index] : "x\(index + 1)"
  }

  /// Whether the value is found by iterating rather than computed.
  var isSolved: Bool { use != .smooth }
}
