/// The graph of a trace: every entry that has a line, turns of loops and calls in boxes.
extension Graph {
  /// - Parameter name: what lists call an operation.
  static func make(
    of trace: Trace, name: (Primitive, [Shape], Shape) -> String
  ) -> Graph {
    let (straight, labels) = (trace.straight, trace.labels)
    let list = straight.list
    var graph = Graph()
    var boxOf: [Slot: Int] = [:]
    // Inputs come first, as in the printout; a line reads only lines above it.
    for slot in labels.lines {
      let isInput = list[slot].code == Code.input || list.number(slot) != nil
      var box = Box(
        kind: isInput ? .input : .entry, name: labels.name(slot),
        operation: isInput
          ? ""
          : name(
            list.primitive(slot), list.operands(slot).map { list.shape($0) },
            list.shape(slot)),
        shape: list.shape(slot))
      box.line = labels.number(slot)
      box.isResult = slot == trace.output
      box.turns = isInput ? [] : straight.path(slot)
      graph.boxes.append(box)
      boxOf[slot] = graph.boxes.count - 1
      for operand in list.operands(slot) {
        guard let from = boxOf[operand] else { continue }
        graph.lines.append(Line(from: from, to: graph.boxes.count - 1))
      }
    }
    return graph.gatheringTurns { index in
      let turn = straight.turns[index]
      return turn.count == Int.max ? "turn \(turn.number)" : "turn \(turn.number) of \(turn.count)"
    }.gatheringCalls()
  }
}

extension StraightList {
  /// The turns that an entry belongs to, as indices into `turns`, the outermost first.
  fileprivate func path(_ slot: Slot) -> [Int] {
    guard turnNumbers.indices.contains(slot.place) else { return [] }
    var path: [Int] = []
    var turn: Int? = Int(turnNumbers[slot.place])
    while let index = turn, turns.indices.contains(index), path.count < 64 {
      path.append(index)
      turn = turns[index].outer
    }
    return path.reversed()
  }
}
