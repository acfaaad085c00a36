/// An entry as a message speaks of it: its operation, and where it is written.
struct WrittenEntry: Sendable {
  var operation: String
  var span: Span
}
