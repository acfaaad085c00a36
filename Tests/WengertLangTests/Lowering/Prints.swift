import Testing
import WengertLang
import WengertTestSupport

/// Expects that a program prints these lines, and gets these messages.
func prints(
  _ program: String, _ output: String..., codes: [String] = [],
  at place: SourceLocation = #_sourceLocation
) {
  let run = ProgramRun(program)
  #expect(run.output == output, "\(run.diagnostics.map(\.title))", sourceLocation: place)
  #expect(run.codes == codes, sourceLocation: place)
}
