/// Other slopes at kinks.
extension List {
  /// The same entries, which take other slopes at their kinks; no value changes.
  func taking(_ choice: KinkChoice) -> List {
    var list = self
    list.replaceRows {
      $0.taking(choice)
    } structures: {
      $0.taking(choice)
    }
    return list
  }
}

extension Structure {
  /// The same with bodies that take other slopes.
  fileprivate func taking(_ choice: KinkChoice) -> Structure {
    switch self {
    case .loop(let loop):
      .loop(
        Loop(
          body: loop.body.taking(choice), condition: loop.condition, carried: loop.carried,
          walks: loop.walks, captures: loop.captures, stacks: loop.stacks,
          isBackward: loop.isBackward, purpose: loop.purpose, isTraining: loop.isTraining))
    case .branch(let branch):
      .branch(
        Branch(then: branch.then.taking(choice), otherwise: branch.otherwise.taking(choice)))
    case .custom, .print: self
    }
  }
}
