/// A step of the program that an entry with a function becomes: in words of the language, not in
/// entries, since what it stands for runs as often as it needs to.
///
/// Numbers are those of values and functions made beforehand. In the program a function has its
/// free names as parameters too, so that a slope can be taken by them with the rest held fixed.
struct HeldStep: Sendable {
  /// What it does.
  enum Action: Sendable {
    /// `F(x, b) = …`
    case define
    /// `part1(x) = f(x, a)`: a function with its free names put in
    case wrap(Int)
    /// `x = root(F, x0, b)`
    case call
    /// `part1 = F(x, b)`: what is 0 at the solution
    case residual(Int)
    /// `part2 = -solve(jacobian(part1, x).T, dy_dx)`
    case multiplier(Int, residual: Int)
    /// `part3(b, a) = sum(part2 * F(x, b, a))`, and `part4 = grad(part3)(b, a)`
    case solved(Int, function: Int, multiplier: Int)
    /// `part1(u) = …`, and `part2 = mean(map(part1, U), axis = 0)`: the estimator of `smooth`
    case estimate(Int, function: Int)
    /// `part1(a) = …`, and `part2 = grad(part1)(a)`: the slopes of the average by free names
    case averaged(Int, function: Int)
    /// `part5 = part4[0]`
    case entry(Int, of: Int, Int)
  }

  let action: Action
  /// The entry.
  let source: Slot
  /// Which of the program's functions it holds.
  let function: Int
}

extension AdjointProgram {
  /// Writes the function that an entry holds, where it is not there yet, and the entry.
  mutating func writeHeld(_ slot: Slot, _ held: HeldFunction) {
    var number = functions.firstIndex { $0 === held }
    func write(_ action: HeldStep.Action) {
      forward.append(.held(HeldStep(action: action, source: slot, function: number ?? 0)))
    }
    if number == nil {
      functions.append(held)
      number = functions.count - 1
      write(.define)
    }
    if held.use == .smooth, held.freeCount > 0 {
      let wrapper = nextLocal()
      wrappers[slot] = wrapper
      write(.wrap(wrapper))
    }
    write(.call)
  }

  /// What an entry that holds a function hands back, made beforehand; nil where a formula says it.
  mutating func heldPullback(of source: Slot, to index: Int, in list: List) -> Term? {
    guard case .custom(let custom)? = list.structure(source), let held = custom.held,
      custom.speaksInWords(operand: index), let parameter = held.parameter(forOperand: index)
    else { return nil }
    let function = functions.firstIndex { $0 === held } ?? 0
    func write(_ action: HeldStep.Action) {
      reverse.append(.held(HeldStep(action: action, source: source, function: function)))
    }
    let shape = list.shape(list.operand(source, index))
    if parameter == 0 {
      let (step, result) = (nextLocal(), nextLocal())
      write(.estimate(result, function: step))
      return Term(.local(result), shape)
    }
    let all = pulled[source] ?? nextLocal()
    if pulled[source] == nil {
      pulled[source] = all
      if held.use == .smooth {
        write(.averaged(all, function: nextLocal()))
      } else {
        let (residual, multiplier) = (nextLocal(), nextLocal())
        write(.residual(residual))
        write(.multiplier(multiplier, residual: residual))
        write(.solved(all, function: nextLocal(), multiplier: multiplier))
      }
    }
    guard held.list.parameters.count > 2 else { return Term(.local(all), shape) }
    let result = nextLocal()
    write(.entry(result, of: all, parameter - 1))
    return Term(.local(result), shape)
  }

  private mutating func nextLocal() -> Int {
    locals += 1
    return locals
  }
}

extension List {
  /// Whether every entry is an operation of the table, so that a program can have it as it stands.
  var isStraight: Bool {
    (0..<count).allSatisfy { place in
      let code = self[Slot(place)].code
      return code == Code.parameter || code == Code.number || code == Code.input
        || !primitive(Slot(place)).isInternal
    }
  }
}
