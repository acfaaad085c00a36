/// `load`: arrays from files, read while the list is written.
extension Form {
  private static let endings = DataFormat.all.map(\.ending)

  static let load = Form(
    name: "load", operands: "\"file.csv\", …",
    summary: "The numbers in a file: \(endings.dropLast().joined(separator: ", ")) or "
      + "\(endings.last ?? "").",
    readsNoNames: true
  ) { lowering, arguments, span throws(Refusal) in
    try lowering.load(arguments, at: span)
  }
}

extension Lowering {
  private static let usage = "load(\"data.csv\")"

  /// Reads a file and appends what is wanted of it: an array, or a tuple of those that are named.
  mutating func load(_ arguments: Arguments, at span: Span) throws(Refusal) -> Value {
    let tree = arguments.tree
    guard arguments.leading.isEmpty, let first = arguments.nodes.first,
      case .string(let path) = tree.expression(first), !path.isEmpty
    else { throw Refusal(diagnostic: .formArguments(Lowering.usage, at: span)) }
    var request = DataRequest(path: path, limit: limits.memory)
    for node in arguments.nodes.dropFirst() {
      guard case .string(let name) = tree.expression(node) else {
        throw Refusal(diagnostic: .formArguments("load(\"w.npz\", \"W1\")", at: tree.span(node)))
      }
      request.names.append(name)
    }
    for named in arguments.named { try read(named, into: &request, tree) }
    let arrays = try contents(request, at: tree.span(first), file: tree.file)
    var values: [Value] = []
    for array in arrays {
      guard list.data.count < Int(Int32.max) - array.elements.count else {
        throw Refusal(diagnostic: .tooLarge(array.elements.count, limit: limits.memory, at: span))
      }
      list.span = span
      // At the top level it is given from outside; in a body it is a constant.
      let slot = list.appendData(
        array.elements, shape: array.shape, isInput: depth == 0 && scope == 0)
      values.append(.slot(slot, depth: depth))
    }
    return request.names.count > 1 ? .tuple(values) : values[0]
  }

  /// The arrays of a file, or a refusal that points at its name and into it.
  func contents(
    _ request: DataRequest, at span: Span, file: Int
  ) throws(Refusal) -> [DataArray] {
    let files = files[file] ?? .none
    var bytes: [UInt8] = []
    do throws(DataError) {
      guard files.isAllowed else { throw DataError(.filesAreOff) }
      let format = try DataFormat.named(by: request.path)
      guard format.takesColumns || (request.columns == nil && request.hasHeader == nil) else {
        throw DataError(.noColumns(request.path))
      }
      guard !format.takesColumns || request.names.isEmpty else {
        throw DataError(.columnsByName(request.path, request.names))
      }
      bytes = try Lowering.read(request.path, files)
      let arrays = try format.read(bytes, request)
      if Kernel.isStopped { throw DataError(.stopped(at: nil)) }
      return arrays
    } catch {
      var refusal = Refusal(diagnostic: error.diagnostic.pointing(at: span, "read here"))
      if let place = error.place?.clamped(to: 0..<bytes.count),
        place.upperBound < Lowering.longestExcerpt
      {
        let end = bytes[place.upperBound...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
        let source = SourceFile(name: request.path, bytes: Array(bytes[..<end]))
        refusal.excerpt = Refusal.Excerpt(source: source, place: place, label: error.label)
      }
      throw refusal
    }
  }

  /// Longer data files are not shown in messages.
  private static let longestExcerpt = 1 << 26

  private static func read(_ path: String, _ files: FileAccess) throws(DataError) -> [UInt8] {
    do throws(FileAccess.Failure) {
      return try files.read(path)
    } catch {
      let names = files.list(FileAccess.folder(of: path)).filter { name in
        DataFormat.all.contains { name.hasSuffix($0.ending) }
      }
      if Kernel.isStopped { throw DataError(.stopped(at: nil)) }
      throw DataError(.unreadableData(path, reason: error.reason, neighbours: names))
    }
  }

  // MARK: Options

  private mutating func read(
    _ option: Arguments.Named, into request: inout DataRequest, _ tree: Tree
  ) throws(Refusal) {
    switch symbols[option.name] {
    case "columns", "cols": request.columns = try columns(option.node, tree)
    case "header": request.hasHeader = try flag(option.node, "header", in: tree)
    default:
      throw Refusal(
        diagnostic: .unknownLoadOption(symbols[option.name], at: option.span))
    }
  }

  /// `"a"`, `2`, `"a".."c"`, `0..-2`, or several of these in brackets.
  private mutating func columns(_ node: Node, _ tree: Tree) throws(Refusal) -> [DataColumn] {
    guard case .array(let parts) = tree.expression(node) else { return [try column(node, tree)] }
    var columns: [DataColumn] = []
    for part in tree[parts] { columns.append(try column(part, tree)) }
    return columns
  }

  private mutating func column(_ node: Node, _ tree: Tree) throws(Refusal) -> DataColumn {
    switch tree.expression(node) {
    case .string(let name): return .name(name)
    case .range(let from, let to, nil):
      return .range(try column(from, tree), try column(to, tree))
    default: return .number(try staticInteger(node, in: tree))
    }
  }
}
