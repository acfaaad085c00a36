/// `minimize … from "w.npz"`: training goes on where `save every` has left it.
extension Lowering {
  /// Reads what the file behind `from` holds, if it is there yet.
  mutating func resume(
    _ parts: Minimize, _ trainer: inout Trainer, _ span: Span, _ tree: Tree
  ) throws(Refusal) {
    guard let node = parts.from, case .string(let path) = tree.expression(node) else { return }
    let place = tree.span(node)
    let files = files[tree.file] ?? .none
    let folder = FileAccess.folder(of: path)
    do throws(DataError) {
      let format = try DataFormat.named(by: path)
      guard format.holdsNames else { throw DataError(.unnamedTraining(path)) }
    } catch {
      throw Refusal(diagnostic: error.diagnostic.pointing(at: place))
    }
    guard !files.isAllowed || files.list(folder).contains(String(path.dropFirst(folder.count)))
    else { return warnings.append(.nothingToGoOnFrom(path, at: place)) }
    let wanted = kept(parts, trainer, tree)
    let request = DataRequest(
      path: path, names: wanted.compactMap(\.name), limit: limits.memory)
    var found = try contents(request, at: place, file: tree.file)
    for (array, known) in zip(found, wanted) where array.shape != known.shape {
      throw Refusal(diagnostic: .otherTraining(array, known.shape, in: path, at: place))
    }
    let counter = trainer.weights.count + trainer.stateStarts.count
    let number = found.remove(at: counter).elements.first ?? .nan
    guard let done = Int(exactly: number), done >= 0 else {
      throw Refusal(diagnostic: .fault(Fault(.count(number), at: place), in: self))
    }
    (trainer.done, trainer.left) = (done, found)
    let most = Int(exactly: try staticNumber(parts.steps, in: tree)) ?? 0
    let steps = max(0, min(most, cutSteps[span] ?? most) - done)
    list.setInput(trainer.limit, [Double(steps)])
    trainer.mostSteps = steps
  }

  /// What a file of training holds: the weights by their names, then what no name of a program can
  /// be: what the optimizer remembers, the number of steps, the stream that batches are drawn from.
  func kept(_ parts: Minimize, _ trainer: Trainer, _ tree: Tree) -> [DataArray] {
    var arrays = zip(weightNames(parts, tree), trainer.weights).map { name, slot in
      DataArray(name: name, shape: frames[trainer.depth].list.shape(slot), elements: [])
    }
    for (number, state) in trainer.stateStarts.enumerated() {
      arrays.append(
        DataArray(name: "minimize.state_\(number)", shape: state.shape, elements: []))
    }
    arrays.append(DataArray(name: "minimize.step", shape: .scalar, elements: []))
    if trainer.batch != nil {
      arrays.append(
        DataArray(name: "minimize.stream", shape: RandomStream.shape, elements: []))
    }
    return arrays
  }

  /// What the weights are called in a file: by the names behind `over`, the entries of tuples
  /// numbered.
  private func weightNames(_ parts: Minimize, _ tree: Tree) -> [String] {
    tree[parts.over].flatMap { node -> [String] in
      guard case .name(let name) = tree.expression(node) else { return [] }
      let count = find(name)?.leaves.count ?? 1
      if case .tuple? = find(name) { return (0..<count).map { "\(symbols[name])_\($0)" } }
      return [symbols[name]]
    }
  }
}
