/// Where the output of `print` goes while a program runs.
final class Outlet: @unchecked Sendable {
  /// Takes the text of each line.
  var receive: ((String) -> Void)?
  /// Takes how training gets on, nil when it is over.
  var progress: ((TrainingProgress?) -> Void)?
  /// Significant digits of values without a format.
  var digits = 6

  /// What the plans do that run while it is there.
  var planned: PlanSummary?

  /// Takes the contents of a file that training writes.
  var file: ((_ path: String, _ contents: [UInt8], _ span: Span) -> Void)?
  /// What the run said, once for each place.
  private var waiting: [Span: RunNotice] = [:]

  /// Takes what a run hands out.
  func take(_ output: RunOutput) {
    switch output {
    case .print(let call):
      if let save = call.items.save {
        self.save(save, call.values)
      } else {
        receive?(PrintRenderer(digits: digits).text(call))
      }
    case .notice(let notice): waiting[notice.span] = waiting[notice.span] ?? notice
    }
  }

  /// What the run said since it was asked last.
  func notices() -> [RunNotice] {
    defer { waiting = [:] }
    return waiting.values.sorted { $0.span.start < $1.span.start }
  }

  /// Writes values to a file; its format was looked at when the statement was read.
  private func save(_ save: PrintItems.Save, _ values: [Values.View]) {
    let arrays = zip(save.names, values).map {
      DataArray(name: $0, shape: $1.shape, elements: $1.array)
    }
    guard let format = try? DataFormat.named(by: save.path),
      let contents = try? format.write(arrays)
    else { return }
    file?(save.path, contents, save.span)
  }
}
