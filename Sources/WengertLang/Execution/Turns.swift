import WengertKernels

/// Writes what a loop's turn does as one list for the machine, from the steps of its body and what
/// it is handed, keeps and hands over.
struct Turns {
  private typealias Place = UnsafePointer<Double>

  /// Where a number lies in the turns: at a place of its own, or along an array.
  private struct Operand {
    var place: Place
    var stride = 0
    /// The values that it lies in, where that is known only when the loop runs.
    var array: TurnValues?
  }

  private typealias TurnValues = (values: UnsafePointer<wl_values>, width: Int, offset: Int)

  private static let two: Set<UInt32> = [
    WL_ADD.rawValue, WL_SUB.rawValue, WL_MUL.rawValue, WL_DIV.rawValue, WL_CHAIN.rawValue,
    WL_POW.rawValue,
  ]

  private let call: LoopCall
  private let machine: wl_loop
  private var numbers: [wl_number] = []
  private var bindings: [(number: Int, field: Int, array: TurnValues)] = []
  /// The numbers that are read where arrays of turns have them.
  private var strided: [Place: Operand] = [:]
  /// The places that hold what the entry before has made.
  private var last: Set<Place> = []
  /// Whether turns do nothing but arithmetic on numbers.
  private let isArithmetic: Bool

  /// The list of a loop's turns.
  static func list(of call: LoopCall, _ machine: wl_loop, scatters: [wl_scatter]) -> wl_turns {
    var turns = Turns(call, machine)
    turns.write(scatters)
    return turns.seal()
  }

  private init(_ call: LoopCall, _ machine: wl_loop) {
    self.call = call
    self.machine = machine
    isArithmetic = (0..<call.body.count).allSatisfy { Self.isNumber(call.body.steps[$0]) }
  }

  private static func isNumber(_ step: wl_step) -> Bool { UInt32(step.op) <= WL_COPY.rawValue }

  private mutating func write(_ scatters: [wl_scatter]) {
    hand(scatters)
    var kept: Set<Int> = []
    for number in 0..<machine.keeps where machine.keep[number].isEarly != 0 {
      keep(number, &kept)
    }
    var place = 0
    while place < call.body.count {
      let step = call.body.steps[place]
      place += 1
      if Self.isNumber(step) {
        append(step)
        for number in 0..<machine.keeps where machine.keep[number].value == Place(step.out) {
          keep(number, &kept)
        }
      } else {
        let first = place - 1
        while place < call.body.count, !Self.isNumber(call.body.steps[place]) { place += 1 }
        appendSteps(first..<place)
      }
    }
    for number in 0..<machine.keeps { keep(number, &kept) }
    handOver()
    if let first = numbers.first, let place = first.a, first.sa == 0, last.contains(place),
      Self.readsFirst(first.op)
    {
      numbers[0].op += UInt16(WL_FIRST_LAST)
    }
    numbers.append(number(UInt16(WL_TURN_END.rawValue)))
  }

  /// Whether an entry is one of numbers that reads its first operand from memory.
  private static func readsFirst(_ op: UInt16) -> Bool {
    let sums = WL_TURN_MUL_ADD.rawValue
    let offset = UInt32(op) < sums ? UInt32(op) : UInt32(op) - sums
    return (UInt32(op) < WL_TURN_INDEX.rawValue || UInt32(op) >= sums)
      && Int(offset) % WL_VARIANTS == WL_NONE_LAST
  }

  // MARK: what a turn is handed

  /// Turns read elements where they lie, unless others than the machine read them.
  private mutating func hand(_ scatters: [wl_scatter]) {
    let readsTurn = !isArithmetic || isRead(Place(machine.turn))
    if readsTurn {
      numbers.append(number(UInt16(WL_TURN_INDEX.rawValue), out: machine.turn))
      last = [Place(machine.turn)]
    }
    for index in 0..<machine.walks where machine.walk[index].isTaken != 0 {
      let walk = machine.walk[index]
      guard let values = (machine.walk + index).pointer(to: \.values) else { continue }
      let whole = Operand(
        place: Place(walk.parameter), stride: walk.width,
        array: (UnsafePointer(values), walk.width, 0))
      if isArithmetic, walk.width <= 64 {
        for offset in 0..<walk.width {
          var operand = whole
          operand.place += offset
          operand.array?.offset = offset
          strided[operand.place] = operand
        }
      } else {
        copy(whole, to: Operand(place: Place(walk.parameter)), count: walk.width)
      }
    }
    for scatter in scatters {
      let row = Operand(place: scatter.row, stride: Int(scatter.stride))
      if isArithmetic {
        strided[Place(scatter.place)] = row
      } else {
        copy(row, to: Operand(place: Place(scatter.place)), count: 1)
      }
    }
  }

  private func isRead(_ place: Place) -> Bool {
    (0..<call.body.count).contains {
      call.body.steps[$0].a == place || call.body.steps[$0].b == place
    } || (0..<machine.keeps).contains { machine.keep[$0].value == place }
      || (0..<machine.handed).contains { machine.carry[$0].next == place }
  }

  // MARK: what it does

  private mutating func append(_ step: wl_step) {
    guard let a = step.a, let b = step.b, let out = step.out else { return }
    if appendToProduct(step, a, b, out) { return }
    let hasTwo = Self.two.contains(UInt32(step.op))
    var variant = WL_NONE_LAST
    if last.contains(a) { variant = WL_FIRST_LAST }
    if variant == WL_NONE_LAST, hasTwo, last.contains(b) { variant = WL_SECOND_LAST }
    var entry = number(UInt16(Int(step.op) * WL_VARIANTS + variant), out: out)
    set(&entry, first: operand(a))
    if hasTwo { set(&entry, second: operand(b)) }
    numbers.append(entry)
    if UInt32(step.op) != WL_COPY.rawValue {
      last = [Place(out)]
    } else {
      if variant == WL_NONE_LAST { last = [a] }
      last.insert(Place(out))
    }
  }

  /// Makes a sum with what the entry before has multiplied one entry with it.
  private mutating func appendToProduct(
    _ step: wl_step, _ a: Place, _ b: Place, _ out: UnsafeMutablePointer<Double>
  ) -> Bool {
    guard UInt32(step.op) == WL_ADD.rawValue, var entry = numbers.last,
      UInt32(entry.op) / UInt32(WL_VARIANTS) == WL_MUL.rawValue, let product = entry.out,
      last == [Place(product)]
    else { return false }
    let isFirst = a == Place(product), other = isFirst ? b : a
    guard isFirst || b == Place(product), other != Place(product) else { return false }
    let op = isFirst ? WL_TURN_MUL_ADD : WL_TURN_ADD_MUL
    entry.op = UInt16(op.rawValue) + entry.op % UInt16(WL_VARIANTS)
    numbers.removeLast()
    let operand = operand(other)
    (entry.c, entry.sc) = (operand.place, Int32(operand.stride))
    if let array = operand.array { bind(\.c, array) }
    (entry.out, entry.more) = (out, UnsafeMutableRawPointer(product))
    numbers.append(entry)
    last = [Place(out)]
    return true
  }

  private mutating func appendSteps(_ places: Range<Int>) {
    var entry = number(UInt16(WL_TURN_STEPS.rawValue))
    var program = call.body.program
    program.steps = call.body.program.steps + places.lowerBound
    program.count = places.count
    entry.more = UnsafeMutableRawPointer(call.body.keep(program))
    numbers.append(entry)
    last = []
  }

  // MARK: what is kept and handed over

  private mutating func keep(_ index: Int, _ kept: inout Set<Int>) {
    let keep = machine.keep[index]
    guard let value = keep.value, kept.insert(index).inserted,
      let values = (machine.keep + index).pointer(to: \.values)
    else { return }
    let array = (UnsafePointer(values), keep.width, 0)
    copy(
      value, to: Operand(place: Place(wl_step.nowhere), stride: keep.width, array: array),
      count: keep.width)
  }

  private mutating func handOver() {
    let carries = (0..<machine.handed).map { machine.carry[$0] }
    for carry in carries {
      guard let waiting = carry.waiting, let next = carry.next else { continue }
      copy(next, to: Operand(place: Place(waiting)), count: carry.count)
    }
    for carry in carries where carry.waiting == nil {
      guard let next = carry.next, let parameter = carry.parameter, next != Place(parameter) else {
        continue
      }
      copy(next, to: Operand(place: Place(parameter)), count: carry.count)
    }
    for carry in carries {
      guard let waiting = carry.waiting, let parameter = carry.parameter else { continue }
      copy(
        Operand(place: Place(waiting)), to: Operand(place: Place(parameter)), count: carry.count)
    }
  }

  /// Copies a value; the elements of one that lies in rows come one by one.
  private mutating func copy(_ value: Place, to target: Operand, count: Int) {
    guard count > 1, let row = strided[value], row.array == nil else {
      return copy(operand(value), to: target, count: count)
    }
    for offset in 0..<count {
      var element = target
      element.place += offset
      element.array?.offset += offset
      copy(operand(value + offset), to: element, count: 1)
    }
  }

  private mutating func copy(_ from: Operand, to target: Operand, count: Int) {
    guard count > 0 else { return }
    var entry: wl_number
    if count == 1 {
      let isLast = from.stride == 0 && last.contains(from.place)
      let variant = isLast ? WL_FIRST_LAST : WL_NONE_LAST
      entry = number(UInt16(Int(WL_COPY.rawValue) * WL_VARIANTS + variant))
      if !isLast { last = from.stride == 0 ? [from.place] : [] }
      if target.stride == 0 { last.insert(target.place) }
    } else {
      entry = number(UInt16(WL_TURN_MOVE.rawValue))
      last = []
    }
    set(&entry, first: from)
    entry.out = UnsafeMutablePointer(mutating: target.place)
    entry.so = Int32(target.stride)
    if let array = target.array { bind(\.out, array) }
    if count > 1 { entry.sb = Int32(count) }
    numbers.append(entry)
  }

  // MARK: entries

  private func number(
    _ op: UInt16, out: UnsafeMutablePointer<Double>? = nil
  ) -> wl_number {
    wl_number(
      op: op, sa: 0, sb: 0, sc: 0, so: 0, a: Place(wl_step.nowhere), b: Place(wl_step.nowhere),
      c: Place(wl_step.nowhere), out: out ?? wl_step.nowhere, more: nil)
  }

  private func operand(_ place: Place) -> Operand { strided[place] ?? Operand(place: place) }

  private mutating func set(_ entry: inout wl_number, first operand: Operand) {
    entry.a = operand.place
    entry.sa = Int32(operand.stride)
    if let array = operand.array { bind(\.a, array) }
  }

  private mutating func set(_ entry: inout wl_number, second operand: Operand) {
    entry.b = operand.place
    entry.sb = Int32(operand.stride)
    if let array = operand.array { bind(\.b, array) }
  }

  /// Notes that an operand of the entry that comes next is given its place when the loop runs.
  private mutating func bind(_ field: PartialKeyPath<wl_number>, _ array: TurnValues) {
    guard let offset = MemoryLayout<wl_number>.offset(of: field) else { return }
    bindings.append((numbers.count, offset, array))
  }

  private func seal() -> wl_turns {
    let held = call.body.keep(numbers)
    let bound = bindings.map { binding in
      wl_binding(
        operand: UnsafeMutablePointer(
          OpaquePointer(UnsafeMutableRawPointer(held + binding.number) + binding.field)),
        values: binding.array.values, width: binding.array.width, offset: binding.array.offset)
    }
    return wl_turns(
      numbers: held, isSubnormal: 0, count: numbers.count,
      binding: UnsafePointer(call.body.keep(bound)), bindings: bound.count)
  }
}
