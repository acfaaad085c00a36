/// What a calculation is made of.
extension Concept {
  static let lists: [Concept] = [
    Concept(
      name: "wengert list", also: ["tape", "list", "trace of a computation", "wengert"],
      text: [
        "A calculation as a list of entries, each one operation on entries above it. Every",
        "entry is computed once, from top to bottom. Other systems record it while they run and",
        "call it a tape; here it is written first, so it can be printed, derived and run again.",
      ],
      program: "x1 = 3\nx2 = 4\nf = (x1 + x1 + x2)^2\nlist f",
      more: ["tutorial.md", "language.md"], near: ["entry", "reverse"]),
    Concept(
      name: "entry", also: ["slot", "node", "intermediate"],
      text: [
        "One line of a list: a name, an operation of the derivative table, and the entries it",
        "reads. A formula is short for several; the ones without a name of their own are called",
        "t1, t2, …",
      ],
      program: "x = 2\ny = sin(x)*x\nforward y",
      more: ["glossary.md"], near: ["wengert list", "version"]),
    Concept(
      name: "version", also: ["assignment", "rebinding"],
      text: [
        "The value that one binding of a name gives. Binding the name again starts another",
        "version; what was computed from the old one keeps it. A gradient by a name is by its",
        "latest version.",
      ],
      program: "x = 3\ny = x^2\nx = 10\nprint x, y",
      more: ["language.md"], near: ["E0403", "W0404"]),
    Concept(
      name: "partial", also: ["partial derivative", "local derivative", "elemental partial"],
      text: [
        "The derivative of one entry by one of its operands, the others held fixed. Both sweeps",
        "are made of these alone; the derivative table has them, a row for each operation.",
      ],
      program: "table div",
      more: ["reference/primitives.md"], near: ["chain rule", "rule"]),
    Concept(
      name: "rule", also: ["custom derivative", "custom rule"],
      text: [
        "The part of a row that says how to derive, in entries of the language. `rule` adds a",
        "row of your own. It is tried at some points when it is defined, and refused where",
        "differences of its value say something else, unless it says `unchecked`.",
      ],
      program: "rule cube(a) = a^3 { d/da = 3*a^2 }\nx = 2\ny = cube(x)\n"
        + "print grad(y, x), complexstep(y, x)",
      more: ["language.md"], near: ["partial", "E0470", "gradient check"]),
    Concept(
      name: "stretch", also: ["broadcast", "broadcasting"],
      text: [
        "To repeat an operand along an axis so that the shapes fit, as NumPy broadcasts. In",
        "reverse the operand gets the sum over its copies, since it was used once for each.",
      ],
      program: "X = [[1, 2], [3, 4]]\nb = [10, 20]\nE = sum(X + b)\nprint grad(E, b)",
      more: ["mathematics/matrices.md"], near: ["W0301", "sumto", "matrices"]),
    Concept(
      name: "loop", also: ["for", "repeat", "while", "recurrence", "history", "carried"],
      text: [
        "One entry whose operation is a list, taken turn after turn. Names that a turn takes",
        "over from the one before are carried. The reverse sweep goes through the turns",
        "backwards, so their values are kept, or made again from checkpoints.",
      ],
      program: "z0 = 0.5\nz = z0\nrepeat 3 { z = z^2 }\nprint z, grad(z, z0)",
      more: ["mathematics/checkpointing.md", "language.md"], near: ["checkpointing"]),
  ]
}
