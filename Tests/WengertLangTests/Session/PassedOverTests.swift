import Testing
import WengertTestSupport

/// What would be passed over is refused, and what is refused is told in plain words.
@Suite struct PassedOverTests {
  private static func expectRefusal(of statement: String, _ code: String) {
    let start = "x = 2\nv = [1, 2, 3]\nA = [[1, 2], [3, 4]]\ny = x^2\n"
    let transcript = Transcript(of: start + statement + "\n", name: "t")
    #expect(transcript.codes == [code] && transcript.output == "", "\(transcript.complaints)")
  }

  @Test(arguments: [
    "print sum(A, axis = 0, axis = 1)", "print jvp(y, x = 1, x = 2)", "print hvp(y, x = 1, x = 2)",
    "print load(\"t.csv\", columns = 0, columns = 1)", "forward y at x = 3, x = 4",
    "forward y at x = 3 at x = 4", "tangent y wrt x = 1, x = 2",
    "trace y notation bar notation delta", "derive y mode forward mode reverse",
    "rule r(a) = a^2 unchecked { d/da = 2*a; d/da = 3*a }",
    "rule r(a) = a^2 unchecked { d/da = 2*a; bar a = 3*a*bar }",
    "plot v title \"a\", \"b\"", "plot v xlabel \"a\" xlabel \"b\"",
    "minimize y over x by sgd(0.1) batch 2 of v batch 3 of v for 2 steps",
    "minimize y over x by sgd(0.1) for 2 steps every 1 print y every 2 print x",
  ])
  func `of two values none is passed over without a word`(_ statement: String) {
    Self.expectRefusal(of: statement, "E0132")
  }

  @Test(arguments: [
    ("print sum(A, axis = -9223372036854775808)", "E0302"),
    ("print sum(A, keepdims = 2)", "E0305"), ("print max(A, 1, 2)", "E0305"),
    ("print load(\"t.csv\", header = 3)", "E0305"),
    ("minimize y over x by sgd(0.1, 0.9) for 2 steps", "E0708"),
    ("f(a, b) = a - b; print f(1, a = 3)", "E0132"),
  ])
  func `what is no choice, no tolerance and no argument left is refused`(
    statement: String, code: String
  ) {
    Self.expectRefusal(of: statement, code)
  }

  @Test(arguments: [
    ("sum(A, 0, 1, 2)", "`sum` takes 1 to 3 arguments, but 4 were given"),
    ("eye(2, 3)", "`eye` takes 1 argument, but 2 were given"),
    ("sin(1, 2)", "`sin` takes 1 argument, but 2 were given"),
    ("concat()", "`concat` takes at least 1 argument, but 0 were given"),
  ])
  func `a message counts all arguments that a call takes`(call: String, title: String) {
    let complaints = Transcript(of: "A = [[1, 2], [3, 4]]\nprint \(call)\n", name: "t").complaints
    #expect(complaints.hasPrefix("error[E0301]: \(title)"), "\(complaints)")
  }

  @Test(arguments: [
    ("for i in v, v { print i }", "1 name walks 2 values"),
    ("for i, j in v { print i }", "2 names walk 1 value"),
    ("u = [1]; i = 3; print u[i]", "the index 3 is outside of axis 0, which has 1 entry"),
    ("p = [[1, 2]]; q = [1, 2, 3]; save q, p to \"t.csv\"", "`p` has 1 row, what stands before it"),
  ])
  func `one of a thing is told in the singular`(statement: String, title: String) {
    let complaints = Transcript(of: "v = [1, 2]\n\(statement)\n", name: "t").complaints
    #expect(complaints.contains(": \(title)"), "\(complaints)")
  }
}
