import Testing
import WengertLang
import WengertTestSupport

/// What loops, branches and derivatives mean: a test for each sentence of the language's page.
@Suite struct LoopTests {
  @Test func `the counter is the loop's own`() {
    prints("n = 5\nfor n in 1..3 { x = n }\nprint n, x", "5 3")
    prints("for n in 1..3 { x = n; n = 7 }\nprint x", "3")
    #expect(ProgramRun("for n in 1..3 { x = n }\nprint n").codes == ["E0203"])
  }

  @Test func `names first bound inside keep the last turn's value`() {
    prints("for n in 1..3 { q = n^2 }\nprint q", "9")
    prints("for n in 1..2 { for m in 1..3 { q = 10*n + m } }\nprint q", "23")
    prints("k = 0\nwhile k < 2 { k += 1; q = k*5 }\nprint q", "10")
  }

  @Test func `reading what a loop without a turn would have made is a fault`() {
    #expect(ProgramRun("n = 0\nfor k in 1..n { q = k }\nprint q").codes == ["E0504"])
    #expect(ProgramRun("n = 0\nfor k in 1..n { q = k }\ny = q + 1").codes == ["E0504"])
    let nested = "n = 0\nfor i in 1..2 { for k in 1..n { q = k } }\ny = q + 1"
    #expect(ProgramRun(nested).codes == ["E0504"])
    let branch = "n = 0\nx = 1\nif x > 0 { for k in 1..n { q = k } } else { q = 3 }\nprint q"
    #expect(ProgramRun(branch).codes == ["E0504"])
  }

  @Test func `what only a body uses does no harm when there is no turn`() {
    prints(
      "z = 3\nn = 0\nfor k in 1..n { t = 2*z; z = t + k }\nprint z, grad(z, n)", "3 0",
      codes: ["W0403"])
    prints("z = 1\nfor i in 0..2 { for k in 1..i { t = 2*z; z = t } }\nprint z", "8")
  }

  @Test func `what no turn made and nobody reads does no harm in a printout either`() {
    let start = "s = 0.5\nz = s\nfor i in 1..3 { for j in 1..i-1 { v = sin(z); z = v*2 } }\n"
    // z is 2 sin(z) three times over; v the half of its last value.
    let value = "3.98246"
    for command in ["check E", "why E", "errors E", "trace E", "forward E", "list E", "adjoint E"] {
      let run = ProgramRun(start + "E = z^2\n" + command)
      #expect(run.codes == [] && run.reports.count == 1, "\(command): \(run.codes)")
    }
    for output in ["z^2", "4*v^2"] {
      var run = ProgramRun(start + "E = \(output)\nset digits 6")
      run.go(on: "forward E")
      #expect(run.codes == [] && run.reports.joined().contains(value), "\(run.reports)")
      run.go(on: "tangent E wrt s")
      #expect(run.codes == [], "\(run.codes)")
    }
    for read in ["z = z + v", "for k in 1..2 { z = z + v }"] {
      let body = "f(n) = { z = 1; v0 = 0; repeat 2 { for j in 1..n { v = z*2 }; \(read) }; z }\n"
      #expect(ProgramRun(body + "forward f at n = 2").codes == [])
      #expect(ProgramRun(body + "forward f at n = 0").codes == ["E0504"])
    }
  }

  @Test func `a name without a value at the prompt leaves the session at work`() {
    var run = ProgramRun("n = 0\nfor k in 1..n { q = k }", atPrompt: true)
    #expect(run.isDone)
    run.go(on: "y = q + 1")
    #expect(run.codes == ["E0504"])
    run.go(on: "y = 2")
    #expect(run.isDone)
  }

  @Test func `a carried number that becomes an array starts as that array`() {
    prints("x = [1, 2]\nz = 0\nfor n in 1..3 { z = z + n*x }\nprint z", "[ 6. 12.]")
    prints("x = [1, 2]\nz = 0\nfor n in 1..0 { z = z + n*x }\nprint z", "[0. 0.]")
    prints(
      "x = [1, 2]\na = 1\nb = 1\nfor n in 1..2 { a = a*x; b = b + sum(a)*x }\nprint b",
      "[ 9. 17.]")
  }

  @Test func `a gradient in a loop that reaches an outer name through carried values is refused`() {
    let sine = "x = 0.5\nz = x\nfor n in 1..20 { z = sin(z*x) + x"
    #expect(ProgramRun(sine + "; print grad(z, x) }").codes == ["E0405"])
    let after = ProgramRun(sine + " }\nprint \"{grad(z, x):.6f}\"")
    #expect(after.isDone)
  }

  @Test func `a gradient in a loop by what the turn was handed trains`() {
    let run = ProgramRun(
      "w = 0\nrepeat 50 { E = (w - 3)^2; g = grad(E, w); w -= 0.25*g }\nprint \"{w:.6f}\"")
    #expect(run.output == ["3.000000"])
  }

  @Test func `a loop walks arrays along their first axis and several at once`() {
    prints(
      "s = 0\nfor a, b in [1, 2, 3], [[1, 0], [0, 1], [1, 1]] { s += a*b }\nprint s", "[4. 5.]")
    #expect(ProgramRun("for a, b in [1, 2], [1, 2, 3] { s = a }").codes == ["E0312"])
    #expect(ProgramRun("for a in 3 { s = a }").codes == ["E0311"])
  }

  @Test func `a loop whose turns differ is written out`() {
    prints(
      "Ws = ([[1, 1], [2, 0]], [[3, 4]])\nh = [1, 1]\nfor W in Ws { h = W @ h }\nprint h", "[14.]")
    prints("Ws = (2, 3)\np = 1\nfor l in 0..1 { p *= Ws[l] }\nprint p", "6")
    prints("x = 1..6\ns = 0\nfor i in 0..2 { s += sum(x[2*i..2*i + 1])*i }\nprint s", "29")
    prints("hs = ()\nfor i in 1..3 { hs = append(hs, i*i) }\nprint hs", "(1, 4, 9)")
  }

  @Test func `print in a loop prints when its turn runs`() {
    prints(
      "for n in 1..2 { print n; for m in 1..2 { print n, m } }\nprint 9",
      "1", "1 1", "1 2", "2", "2 1", "2 2", "9")
    prints("x = 1\nfor n in 1..3 { if n == 2 { print n } }\ng = grad(x*x, x)", "2")
    prints("s = 0\nfor n in 1..2 { s = s + n; print s }\nprint grad(s*s, s)", "1", "3", "6")
  }

  @Test func `in an if, a name bound in one arm only must have a value before`() {
    prints("x = 2\ny = 7\nif x > 3 { y = x }\nprint y", "7")
    #expect(ProgramRun("x = 2\nif x > 3 { y = x }\nprint y").isDone == false)
    prints("x = 2\nif x > 3 { y = 1 } else if x > 1 { y = 2 } else { y = 3 }\nprint y", "2")
    #expect(ProgramRun("x = [1, 2]\nif x > 1 { y = 1 }").codes == ["E0313"])
  }

  @Test func `derivatives go through while and branches`() {
    prints("x = 2\ny = 1\nwhile y < 10 { y = y*x }\nprint y, grad(y, x)", "16 32")
    prints("x = -3\nif x < 0 { y = x^2 } else { y = x }\nprint grad(y, x)", "-6")
  }

  @Test func `the derivative of a function works element by element`() {
    prints("f(x) = x^3\nprint f'(2), f''(2), f'''(2), f'([1, 2])", "12 12 6 [ 3. 12.]")
    #expect(ProgramRun("f(x) = x*sum(x)\nprint f'([1, 2])").codes == ["E0407"])
    #expect(ProgramRun("f(x) = x*sum(x)\nprint f''([1, 2])").codes == ["E0407"])
    #expect(ProgramRun("f(x, y) = x*y\nprint f'(1, 2)").codes == ["E0406"])
    prints("print sigma'(0), map(sin', [0])", "0.25 [1.]")
  }

  @Test func `a rule's own slopes are used, to any order`() {
    prints(
      "rule cube(a) = a^3 { d/da = 3*a^2 }\nx = 2\ny = cube(x)*x\ng = grad(y, x)\n"
        + "h = grad(g, x)\nt = jvp(g, x = 1)\nprint y, g, h, t", "16 32 48 48")
    prints("rule odd(a) = a^3 unchecked { d/da = 7 }\nx = 2\nprint grad(odd(x), x), odd'(x)", "7 7")
    prints(
      "rule prod(A, b) = A @ b { bar A = outer(bar, b); bar b = A.T @ bar }\n"
        + "A = [[1, 2], [3, 4]]\nb = [5, 6]\ny = sum(prod(A, b)^2)\ng = grad(y, b)\n"
        + "h = grad(sum(g), b)\nprint g, h, jvp(y, b = [1, 0])",
      "[268. 380.] [48. 68.] 268")
    prints("rule e(a) = exp(a) { d/da = e }\nx = 1\ny = e(x)\nprint grad(y, x) - y", "0")
  }

  @Test func `vjp and jvp take their seeds by name`() {
    prints(
      "x = [1, 2]\ny = x^2\nprint vjp(y = [1, 10], x), jvp(y, x = [1, 0])", "[ 2. 40.] [2. 0.]")
    #expect(ProgramRun("x = [1, 2]\ny = x^2\nprint vjp(y = 1, x)").codes == ["E0408"])
    #expect(ProgramRun("x = [1, 2]\ny = x^2\nprint grad(y, x)").codes == ["E0401"])
  }
}
