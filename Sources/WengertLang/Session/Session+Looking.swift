/// What a session can be asked.
extension Session {
  /// A name in sight with what it is in a few words: `3`, `4 x 3`, `function of x, y`.
  public typealias Name = (name: String, description: String, isFunction: Bool)

  /// The names in sight: values as they were bound, then functions.
  public var names: [Name] {
    let scope = lowering.scopes[0]
    let values: [Name] = scope.layers[0].order.compactMap { name in
      scope.layers[0].values[name].map { (lowering.symbols[name], description(of: $0), false) }
    }
    let functions: [Name] = scope.functions.compactMap { name, function in
      if case .defined(let definition) = function {
        let parameters = definition.parameters.map { lowering.symbols[$0] }
        return (lowering.symbols[name], "function of \(parameters.joined(separator: ", "))", true)
      }
      return nil
    }
    return values + functions.sorted { $0.name < $1.name }
  }

  private func description(of value: Value) -> String {
    switch value {
    case .tuple(let parts): "tuple of \(parts.count)"
    case .slot(let slot, _):
      if let view = lowering.values.view(slot, in: lowering.program), view.shape.isScalar {
        NumberFormat.significant(view.number, digits: settings.digits)
      } else {
        lowering.program.shape(slot).inWords
      }
    }
  }

  /// The value of a name as text; nil when it has none.
  public func value(of name: String) -> String? {
    guard let symbol = lowering.symbols.find(name), let value = lowering.scopes[0].value(symbol)
    else { return nil }
    return text(of: value)
  }

  /// A value as text; nil when it has none.
  func text(of value: Value) -> String? {
    switch value {
    case .slot(let slot, _):
      guard let view = lowering.values.view(slot, in: lowering.program) else { return nil }
      return PrintRenderer(digits: settings.digits).text(view)
    case .tuple(let parts):
      let texts = parts.map { text(of: $0) ?? "?" }
      return "(" + texts.joined(separator: ", ") + (parts.count == 1 ? ",)" : ")")
    }
  }
}
