/// How a program is written.
extension Concept {
  static let writing: [Concept] = [
    Concept(
      name: "input", also: ["variable", "free name"],
      text: [
        "What a list is given from outside: a name bound to a formula that reads no name.",
        "`input x` has no value yet; the first binding gives it one, and `at x = 3` one for a",
        "single command.",
      ],
      program: "input x\ny = x^2\nforward y at x = 3\nx = 5\nprint y, grad(y, x)",
      more: ["language.md"], near: ["entry", "version"]),
    Concept(
      name: "function", also: ["parameter", "argument", "call"],
      text: [
        "A list with a name and parameters. A call writes its entries into the list, so it is",
        "derived as if they stood there, and no function calls itself. `f'` is the derivative,",
        "`grad(f)` takes several arguments; the last line of a body is what it gives.",
      ],
      program: "h(t) = t*sin(t)\nlength(v) = { s = sum(v^2); sqrt(s) }\n"
        + "print h(2), h'(2), length([3, 4])",
      more: ["language.md"], near: ["loop", "branch", "rule"]),
    Concept(
      name: "branch", also: ["if", "else", "condition"],
      text: [
        "`if` runs one of two blocks, `where` chooses element by element. The derivative is that",
        "of the way taken; the other sends nothing back, not even 0 times infinity. Where both",
        "sides of a condition are equal the slopes may differ, and that is said.",
      ],
      program: "x = 2\nif x > 1 { y = x^2 } else { y = x }\nprint y, grad(y, x)",
      more: ["language.md"], near: ["where", "kink", "W0408"]),
    Concept(
      name: "array", also: ["vector", "matrix", "brackets"],
      text: [
        "Numbers in NumPy's shapes: `[1, 2]` is a vector, `[[1, 2], [3, 4]]` a matrix of two rows.",
        "Operations go element by element; `@` is the matrix product, `A.T` the transpose.",
      ],
      program: "A = [[1, 2], [3, 4]]\nprint A @ [1, 1], shape(A)\nprint A*A.T",
      more: ["language.md"], near: ["index", "stretch", "matrices"]),
    Concept(
      name: "index", also: ["indices", "indexing", "slice", "range"],
      text: [
        "`x[0]` is the first element and `x[-1]` the last, `A[1]` a row of a matrix and `A[1, 0]`",
        "one of its elements. A range holds both ends. Binding an element makes a new version of",
        "the whole array.",
      ],
      program: "x = [5, 6, 7, 8]\nprint x[0], x[-1], x[1..2]\nx[1] = 0\nprint x",
      more: ["language.md"], near: ["array", "version"]),
    Concept(
      name: "output", also: ["print", "format", "string"],
      text: [
        "`print` writes values with a blank between. In a string, a formula stands in braces,",
        "behind a colon with its format: `.3f` is three places, `.3e` with a power of ten.",
      ],
      program: "x = 2/3\nprint x, \"x = {x:.3f}, 2 x = {2*x:.1e}\"",
      more: ["language.md"], near: ["list", "forward"]),
    Concept(
      name: "comment", also: ["statement", "line"],
      text: [
        "From `#`, `//` or `;;` to the end of the line. A statement ends with its line or at `;`;",
        "within brackets, and behind an operator or a comma, it goes on in the next.",
      ],
      program: "a = 1; b = 2  # two statements\nprint a +  // and one on two lines\n  b",
      more: ["language.md"], near: ["wengert list"]),
  ]
}
