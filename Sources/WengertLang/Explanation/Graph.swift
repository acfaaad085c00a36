/// The entries that a value needs, as boxes and lines; loops, branches and calls are boxes that
/// hold a graph of their own.
struct Graph: Sendable {
  /// What a box stands for.
  enum Kind: Sendable { case input, parameter, entry, group }

  struct Box: Sendable {
    var kind: Kind
    var name: String
    /// The operation as lists call it; empty for inputs.
    var operation: String
    var shape: Shape
    /// Its elements, and those of its adjoint; nil where there are none to show.
    var value: [Double]?
    var adjoint: [Double]?
    /// The graphs inside: a loop's body, a branch's arms, the entries of a call.
    var inner: [Graph] = []
    /// Whether it is what the graph was made for.
    var isResult = false
    /// The carried name that a turn hands its value on to.
    var next: String?
    /// The number of its line in a trace; nil where it has none.
    var line: Int?
    /// The turns that it belongs to, the outermost first, as far as no box stands for them.
    var turns: [Int] = []
  }

  /// A line from what is read to what reads it; boxes are counted in the order of the list.
  struct Line: Hashable, Sendable {
    var from: Int
    var to: Int
  }

  /// What it shows, where it stands inside of another: `turn`, `then`, `else`.
  var title = ""
  var boxes: [Box] = []
  var lines: [Line] = []

  /// How many boxes there are, those inside of others too.
  var count: Int {
    boxes.reduce(0) { sum, box in sum + 1 + box.inner.reduce(0) { $0 + $1.count } }
  }
}

extension Graph {
  /// The graph of what y needs.
  ///
  /// - Parameter values: the run values of entries; `adjoints` those of the gradient of y.
  static func make(
    of y: Slot, wrt targets: [Slot] = [], in list: List, symbols: Symbols,
    name: (Primitive, [Shape], Shape) -> String,
    values: (Slot) -> [Double]?, adjoints: (Slot) -> [Double]?
  ) -> Graph {
    withoutActuallyEscaping(name) { name in
      var maker = GraphMaker(list: list, symbols: symbols, name: name)
      maker.kept = SlotSet([y] + targets)
      maker.add(roots: [y], values: values, adjoints: adjoints)
      if let box = maker.boxOf[y] { maker.graph.boxes[box].isResult = true }
      return maker.graph.gatheringCalls()
    }
  }

  /// The graph with every loop, branch and call as one plain box.
  var folded: Graph {
    var graph = self
    for index in boxes.indices { graph.boxes[index].inner = [] }
    return graph
  }
}

/// Makes the graph of one list: a program's, or a body's.
private struct GraphMaker {
  let list: List
  let symbols: Symbols
  let name: (Primitive, [Shape], Shape) -> String
  var graph = Graph()
  /// The box of each entry; parts of a loop are joined to the loop's.
  var boxOf: [Slot: Int] = [:]
  /// What somebody asks for: a box of its own, where it is only another name of one too.
  var kept = SlotSet()
  private var fresh = 0

  init(list: List, symbols: Symbols, name: @escaping (Primitive, [Shape], Shape) -> String) {
    self.list = list
    self.symbols = symbols
    self.name = name
  }

  mutating func add(
    roots: [Slot], values: (Slot) -> [Double]? = { _ in nil },
    adjoints: (Slot) -> [Double]? = { _ in nil }
  ) {
    let needed = list.reached(from: roots)
    for place in 0..<list.count where needed[place] {
      let slot = Slot(place)
      // A number stands in what it goes into, unless it is asked for.
      if list.number(slot) != nil, !roots.contains(slot) { continue }
      if list.isRename(slot), !kept.contains(slot), let renamed = boxOf[list.operand(slot, 0)] {
        boxOf[slot] = renamed
        continue
      }
      var box = box(slot)
      box.value = values(slot)
      box.adjoint = adjoints(slot)
      graph.boxes.append(box)
      boxOf[slot] = graph.boxes.count - 1
      var seen: Set<Int> = []
      for operand in list.operands(slot) {
        guard let from = boxOf[operand] else { continue }
        // A box that is read twice by a group needs one line to it.
        if box.kind == .group, !seen.insert(from).inserted { continue }
        graph.lines.append(Graph.Line(from: from, to: graph.boxes.count - 1))
      }
    }
  }

  private mutating func box(_ slot: Slot) -> Graph.Box {
    let row = list.primitive(slot)
    let shapes = list.operands(slot).map { list.shape($0) }
    var box = Graph.Box(
      kind: .entry, name: label(slot), operation: operation(row, slot, shapes),
      shape: list.shape(slot))
    switch list.structure(slot) {
    case .loop(let loop)?:
      box.kind = .group
      box.name = ""
      box.inner = [body(of: loop, at: slot)]
    case .branch(let branch)?:
      box.kind = .group
      box.name = ""
      box.inner = [arm("then", branch.then, slot), arm("else", branch.otherwise, slot)]
    default:
      if list[slot].code == Code.input { box.kind = .input }
      if list[slot].code == Code.parameter { box.kind = .parameter }
    }
    return box
  }

  private mutating func label(_ slot: Slot) -> String {
    if let name = list.name(slot) { return symbols[name] }
    if let number = list.number(slot) { return number == number.rounded() ? "" : "constant" }
    fresh += 1
    return "t\(fresh)"
  }

  private func operation(_ row: Primitive, _ slot: Slot, _ shapes: [Shape]) -> String {
    switch list[slot].code {
    case Code.input, Code.parameter, Code.number: ""
    case Code.loop: list.loop(slot)?.condition == nil ? "loop" : "while"
    case Code.branch: "if"
    case Code.final, Code.last: "last turn"
    case Code.stacked, Code.history: "all turns"
    case Code.arm: "arm taken"
    default: name(row, shapes, list.shape(slot))
    }
  }

  /// What a turn does: its parameters have the names of what they are handed.
  private func body(of loop: Loop, at slot: Slot) -> Graph {
    var maker = GraphMaker(list: loop.body, symbols: symbols, name: name)
    let carried = Array(loop.body.results.prefix(loop.carried))
    maker.add(roots: loop.body.results + loop.body.parameters.prefix(loop.carried))
    let operands = list.operands(slot)
    for place in operands.indices {
      guard let parameter = loop.parameter(forOperand: place), let box = maker.boxOf[parameter]
      else { continue }
      if loop.body.name(parameter) == nil {
        maker.graph.boxes[box].name = list.name(operands[place]).map { symbols[$0] } ?? ""
      }
      maker.graph.boxes[box].operation =
        loop.startPlaces.contains(place)
        ? "carried" : loop.walkPlaces.contains(place) ? "element" : ""
    }
    if let turn = maker.boxOf[loop.turn] {
      maker.graph.boxes[turn].name = "turn"
    }
    for (result, parameter) in zip(carried, loop.body.parameters) {
      guard let box = maker.boxOf[result], let start = maker.boxOf[parameter] else { continue }
      maker.graph.boxes[box].next = maker.graph.boxes[start].name
    }
    maker.graph.title = "a turn"
    return maker.graph
  }

  private func arm(_ title: String, _ list: List, _ slot: Slot) -> Graph {
    var maker = GraphMaker(list: list, symbols: symbols, name: name)
    maker.add(roots: list.results)
    let operands = self.list.operands(slot).dropFirst()
    for (operand, parameter) in zip(operands, list.parameters) {
      guard let box = maker.boxOf[parameter], list.name(parameter) == nil else { continue }
      maker.graph.boxes[box].name = self.list.name(operand).map { symbols[$0] } ?? ""
    }
    maker.graph.title = title
    return maker.graph
  }
}

extension Graph {
  /// The entries of a call, whose names begin with that of its result, in a box of their own.
  func gatheringCalls() -> Graph {
    var home: [Int: Int] = [:]
    var results: [String: [Int]] = [:]
    for index in boxes.indices where boxes[index].kind == .entry {
      results[boxes[index].name, default: []].append(index)
    }
    for index in boxes.indices where boxes[index].kind == .entry {
      guard let end = boxes[index].name.firstIndex(of: "_"),
        let result = results[String(boxes[index].name[..<end])]?.first(where: { $0 > index })
      else { continue }
      home[index] = result
      home[result] = result
    }
    guard !home.isEmpty else { return self }
    // What has no name of its own belongs to the call that alone reads it.
    var readers: [Int: Set<Int>] = [:]
    for line in lines { readers[line.from, default: []].insert(line.to) }
    for index in boxes.indices.reversed() where home[index] == nil && boxes[index].isUnnamed {
      let homes = Set((readers[index] ?? []).map { home[$0] })
      if homes.count == 1, let only = homes.first, let call = only { home[index] = call }
    }
    return gathered(home) { box in
      var group = box
      group.operation = "call"
      return group
    }
  }

  /// The entries of a turn in a box of their own, turns inside of turns too.
  func gatheringTurns(_ title: (Int) -> String) -> Graph {
    var last: [Int: Int] = [:]
    for index in boxes.indices {
      if let turn = boxes[index].turns.first { last[turn] = index }
    }
    guard !last.isEmpty else { return self }
    var home: [Int: Int] = [:]
    for index in boxes.indices { home[index] = boxes[index].turns.first.flatMap { last[$0] } }
    var graph = gathered(home) { box in
      Box(
        kind: .group, name: box.turns.first.map(title) ?? "", operation: "", shape: .scalar)
    }
    for index in graph.boxes.indices {
      graph.boxes[index].inner = graph.boxes[index].inner.map { inner in
        var inner = inner
        for place in inner.boxes.indices where !inner.boxes[place].turns.isEmpty {
          inner.boxes[place].turns.removeFirst()
        }
        return inner.gatheringTurns(title)
      }
    }
    return graph
  }

  /// Boxes that have a home stand in a box made of the home, the last of them.
  private func gathered(_ home: [Int: Int], _ group: (Box) -> Box) -> Graph {
    var outer = Graph(title: title)
    var inner: [Int: Graph] = [:]
    // What a group reads from outside is a parameter inside, before its entries.
    var parameters: [Line: Int] = [:]
    for line in lines {
      guard let last = home[line.to], home[line.from] != last else { continue }
      let handed = Line(from: line.from, to: last)
      guard parameters[handed] == nil else { continue }
      let source = boxes[line.from]
      parameters[handed] = inner[last, default: Graph()].boxes.count
      inner[last, default: Graph()].boxes.append(
        Box(
          kind: .parameter, name: source.name, operation: "", shape: source.shape,
          line: source.line))
    }
    var place: [Int: Int] = [:]
    var placeOfGroup: [Int: Int] = [:]
    for index in boxes.indices {
      guard let last = home[index] else {
        outer.boxes.append(boxes[index])
        place[index] = outer.boxes.count - 1
        continue
      }
      inner[last, default: Graph()].boxes.append(boxes[index])
      place[index] = (inner[last]?.boxes.count ?? 1) - 1
      guard index == last else { continue }
      var box = group(boxes[index])
      box.kind = .group
      outer.boxes.append(box)
      placeOfGroup[last] = outer.boxes.count - 1
    }
    for line in lines {
      guard let from = place[line.from], let to = place[line.to] else { continue }
      let (a, b) = (home[line.from], home[line.to])
      if let b {
        let source = a == b ? from : parameters[Line(from: line.from, to: b)]
        if let source { inner[b]?.lines.append(Line(from: source, to: to)) }
        if a == b { continue }
      }
      let crossing = Line(
        from: a.flatMap { placeOfGroup[$0] } ?? from, to: b.flatMap { placeOfGroup[$0] } ?? to)
      if b == nil || !outer.lines.contains(crossing) { outer.lines.append(crossing) }
    }
    for (last, graph) in inner {
      if let index = placeOfGroup[last] { outer.boxes[index].inner = [graph] }
    }
    // Names of the user's own can look like those of a call: then it is none.
    return outer.lines.contains { $0.from >= $0.to } ? self : outer
  }
}

extension Graph.Box {
  /// Whether the user gave it no name.
  fileprivate var isUnnamed: Bool {
    kind == .entry && name.first == "t" && name.dropFirst().allSatisfy(\.isNumber)
  }
}
