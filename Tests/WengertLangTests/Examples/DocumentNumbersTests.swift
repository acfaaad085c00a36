import Testing
import WengertTestSupport

/// The examples give the numbers printed in the documents that they come from.
@Suite struct DocumentNumbersTests {
  private static func output(_ name: String) -> String {
    Folder.text(Folder.package() + "/examples/" + name + ".out") ?? ""
  }

  private static func expect(_ lines: String, in name: String) {
    #expect(output(name).contains(lines), "\(name).out has no\n\(lines)")
  }

  @Test func `the lecture's list: (2 x1 + x2)^2 at 3, 4`() {
    Self.expect("v5 = f  = square(z2)   = 100\n", in: "slide")
    Self.expect("a2 = df/dx2 = a4 dv4/dv2             = a4 · 1           = 20\n", in: "slide")
    Self.expect("a1 = df/dx1 = a3 dv3/dv1 + a3 dv3/dv1 = a3 · 1 + a3 · 1 = 40\n", in: "slide")
  }

  @Test func `Trask's net after 599 and after 5999 iterations`() {
    Self.expect(
      """
      ITERATION 598
      Weight1
      [[2.364 2.566 -5.388 -3.306]
       [-0.332 -4.660 -5.675 -1.717]
       [-0.158 -1.165 1.980 3.426]]
      weight2
      [[-3.682]
       [4.581]
       [-7.633]
       [4.731]]
      output
      [[0.061]
       [0.919]
       [0.932]
       [0.097]]

      """, in: "trask-xor")
    Self.expect(
      """
      ITERATION 599
      Weight1
      [[2.366 2.567 -5.389 -3.306]
       [-0.334 -4.661 -5.676 -1.719]
       [-0.158 -1.167 1.981 3.428]]
      weight2
      [[-3.685]
       [4.583]
       [-7.636]
       [4.734]]
      output
      [[0.061]
       [0.920]
       [0.932]
       [0.097]]

      """, in: "trask-xor")
    Self.expect(
      """
      ITERATION 5999
      Weight1
      [[3.870 3.643 -6.001 -3.828]
       [-1.710 -5.426 -6.315 -3.030]
       [0.450 -1.775 2.376 5.038]]
      weight2
      [[-5.723]
       [6.162]
       [-9.414]
       [6.614]]
      output
      [[0.010]
       [0.988]
       [0.989]
       [0.014]]

      """, in: "trask-xor")
  }

  @Test func `Trask's net: both ways of training print the same tables`() {
    let output = Self.output("trask-xor")
    let halves = output.split(separator: "\nwith grad(E, W1, w2)\n")
    #expect(halves.count == 2)
    guard halves.count == 2 else { return }
    let first = halves[0].split(separator: "\n")
    #expect(first == halves[1].split(separator: "\n"))
    #expect(first.count == 90)
  }

  @Test func `Trask's net: the adjoints of one pass`() {
    Self.expect(
      """
      y = 0.495187
      a4 = [[0.4737 -0.5110 -0.4562 0.5447]]
      a3 = [[0.1181 -0.1277 -0.1132 0.1351]]
      a2 =
      [[-0.0698 0.0755 0.0669 -0.0799]
       [0.0893 -0.0966 -0.0856 0.1022]
       [-0.1116 0.1207 0.1070 -0.1277]
       [0.0403 -0.0435 -0.0386 0.0461]]
      a1 =
      [[-0.0173 0.0154 0.0162 -0.0151]
       [0.0223 -0.0211 -0.0200 0.0250]
       [-0.0277 0.0259 0.0194 -0.0157]
       [0.0097 -0.0109 -0.0096 0.0112]]
      a0 = [[0.0045 0.0067 0.0068 0.0046]]
      a- =
      [[0.0010 0.0003 -0.0008]
       [0.0050 0.0038 0.0061]
       [0.0038 0.0103 0.0020]
       [0.0016 0.0003 0.0004]]

      """, in: "trask-trace")
  }

  @Test func `the two-layer net of the lecture`() {
    Self.expect(
      """
      C = 1.523575
      dC/dB2 =
      [[0.487496 -0.286827]]
      dC/dW2 =
      [[0.002934 0.001836]
       [-0.340679 0.202033]]
      dC/dB1 =
      [[0.553736 -0.145141]]
      dC/dX =
      [[-0.095073 0.006849]
       [0.415484 0.045842]]
      dC/dW1 =
      [[0.207686 -0.029418]
       [-0.692100 0.231446]]

      """, in: "net2")
    Self.expect("dC/dB =\n[[1.041232 -0.431968]]\n", in: "net2-tied")
  }

  @Test func `the iteration of Machine Learning for Engineering`() {
    Self.expect("z20     = 1.934563210052\n", in: "loop-z20")
    for way in ["reverse", "forward", "by hand"] {
      Self.expect("\(way) = 0.229892683904\n", in: "loop-z20")
    }
  }

  @Test func `Newton's method for 2 x^2 = 3`() {
    Self.expect("k=3  x = 1.224744897959\nk=4  x = 1.224744871392\n", in: "newton-while")
    Self.expect("by the theorem    = 0.204124145232\n", in: "newton-while")
  }
}
