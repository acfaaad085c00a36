/// How derivatives go through a list.
extension Concept {
  static let sweeps: [Concept] = [
    Concept(
      name: "chain rule",
      text: [
        "If f depends on u, and u on x, then df/dx = df/du · du/dx; where x reaches f along",
        "several ways, the products of the ways are added. Everything here is this rule, an",
        "entry at a time.",
      ],
      program: "x = 2\nu = x^2\nf = u*x\nderive f wrt x mode reverse",
      more: ["mathematics/reverse.md"], near: ["reverse", "forward"]),
    Concept(
      name: "reverse", also: ["reverse mode", "backpropagation", "backprop", "reverse sweep"],
      text: [
        "From the output back to the inputs. Every entry has an adjoint, the derivative of the",
        "result by it: 1 for the result itself, and for any other the sum over the entries that",
        "use it of their adjoint times their partial. One sweep gives the derivatives by all",
        "inputs, at the cost of a few runs of the list, however many inputs there are.",
      ],
      program: "x1 = 3\nx2 = 4\nf = x1*x2 + x1\ntrace f",
      more: ["mathematics/reverse.md"], near: ["adjoint", "forward", "checkpointing"]),
    Concept(
      name: "forward", also: ["forward mode", "forward sweep", "tangent mode"],
      text: [
        "From the inputs to the output, beside the values. Every entry has a tangent, its",
        "change along a change of the inputs. One sweep gives one direction: all outputs by one",
        "input. It needs no memory of the values, so it is the better one for few inputs.",
      ],
      program: "x1 = 3\nx2 = 4\nf = x1*x2 + x1\ntangent f wrt x1 = 1",
      more: ["mathematics/forward.md"], near: ["tangent", "jvp", "reverse"]),
    Concept(
      name: "adjoint", also: ["adjoints", "cotangent", "bar", "delta", "sensitivity"],
      text: [
        "The derivative of the result by an entry, found in the reverse sweep; a3 in a trace,",
        "x̄ in textbooks, delta in pseudo-code. It has the shape of its entry. `adjoint f`",
        "prints the sweep as a program of this language.",
      ],
      program: "x = 3\nf = sin(x^2)\nadjoint f",
      more: ["mathematics/reverse.md"], near: ["reverse", "seed", "tangent"]),
    Concept(
      name: "tangent",
      also: ["jvp", "tangents", "dual number", "dual numbers", "directional derivative"],
      text: [
        "The change of an entry along a change of the inputs, to first order: v(x + t dx) is",
        "v(x) + t · (the tangent of v) + terms in t². A value with its tangent is a dual",
        "number.",
      ],
      program: "x = [1, 2]\ny = sum(x^2)\nprint jvp(y, x = [1, 0]), jvp(y, x = [0, 1])",
      more: ["mathematics/forward.md"], near: ["forward", "jvp", "taylor series"]),
    Concept(
      name: "seed of a sweep", also: ["vjp", "seed direction"],
      text: [
        "What a sweep starts from: the adjoint of the output (1 for a gradient, given with",
        "`vjp`), or the tangents of the inputs (given with `jvp`). The word `seed(n)` is about",
        "random numbers.",
      ],
      program: "x = [1, 2]\ny = x^2\nprint vjp(y = [1, 10], x)",
      near: ["vjp", "jvp", "seed"]),
    Concept(
      name: "checkpointing", also: ["checkpoint", "checkpoints", "revolve"],
      text: [
        "The reverse sweep reads the values of every turn of a loop, the last one first. When",
        "they do not fit into memory, some turns are kept as checkpoints, and those between are",
        "made again from the nearest one: less memory for more time, and the same bits. `set",
        "memory 64MB` says how much.",
      ],
      program: "set memory 64kB\nx0 = 0.5\nx = x0\nfor n in 1..20000 { x = x + 1e-4*sin(x) }\n"
        + "print \"{grad(x, x0):.9f}\"\nset memory 64MB\nprint \"{grad(x, x0):.9f}\"",
      more: ["mathematics/checkpointing.md"], near: ["loop", "reverse"]),
  ]
}
