/// How an operation is differentiated: the least that determines the rest.
///
/// Every closure returns one formula an operand, nil where an operand has no slope.
enum Rule: Sendable {
  /// Zero slope everywhere, or none at all: comparisons, `floor`, counts.
  case flat
  /// An element-wise operation by its partials d z / d operand.
  ///
  /// Reverse mode multiplies each with the adjoint, forward mode with the tangents.
  case partials(@Sendable (Operands) -> [Formula?])
  /// As `partials`, where a partial can be infinite at finite operands: the product with the
  /// adjoint is `chain(g, p)`, which is 0 where g is.
  case singularPartials(@Sendable (Operands) -> [Formula?])
  /// An operation linear in each operand, by the transposes that take the adjoint to each
  /// operand's.
  ///
  /// Forward mode applies the operation itself to the tangents.
  case multilinear(@Sendable (Operands) -> [Formula?])
  /// Any other operation: `pullbacks` take the adjoint `o.bar` to each operand's adjoint;
  /// `pushforward` takes the tangents, one formula an operand in terms of `o.bar` as that operand's
  /// tangent, summed over the operands.
  case general(
    pullbacks: @Sendable (Operands) -> [Formula?], pushforward: @Sendable (Operands) -> [Formula?])
  /// The sweeps know how: loops, branches, their parts, calls of rules.
  case structural
}
