import Testing
import WengertTestSupport

/// The step-by-step printouts of five documents, each told by a program in its notation.
///
/// The lines are the documents', corrected where they err; blanks are not compared.
@Suite struct DocumentPrintoutTests {
  /// A printout: the program that tells it, and lines that it must have.
  struct Printout: Sendable, CustomTestStringConvertible {
    var program: String
    var lines: [String]
    var testDescription: String { program }
  }

  static let printouts: [Printout] = [
    Printout(
      program: "000-page2",
      lines: [
        "v2 = Y1 = sigmoid(v1)", "dv5/dv4 [4, 1] = dv5/dv5 · (v4 - y0)",
        "dv5/dv3 [4, 1] = dv5/dv4 ⊙ sigmoid'(v3)", "dv5/dv2 [4, 4] = dv5/dv3 w2ᵀ",
        "dv5/dv1 [4, 4] = dv5/dv2 ⊙ sigmoid'(v1)", "dv5/dw2 [4, 1] = v2ᵀ dv5/dv3",
        "dv5/dW1 [3, 4] = X0ᵀ dv5/dv1",
      ]),
    Printout(
      program: "000-page3",
      lines: [
        "v5 = y = mul(0.5, t3) = 0.4952", "a3 = dv5/dv3 [1, 4]",
        "[[ 0.1181 -0.1277 -0.1132 0.1351]]", "a2 = dv5/dv2 [4, 4]",
        "[[-0.0698 0.0755 0.0669 -0.0799]", "[[-0.0173 0.0154 0.0162 -0.0151]",
        "[[0.0045 0.0067 0.0068 0.0046]]", "[[ 0.001 0.0003 -0.0008]",
        "[[-0.1670 0.4357 -1.0035 -0.3969]", "[[-0.5956]",
      ]),
    Printout(
      program: "001-backprop-sample",
      lines: [
        "[-2.5 -2.5]", "[0.075858 0.075858]", "[-1.741418]", "[0.149133]",
        "= W2ᵀ dloss/", "[0.094619 0.094619]",
        "[0.006633 0.006633]", "[[0.001436 0.001436]]", "[0.018924]",
      ]),
    Printout(
      program: "002-backprop-matrix",
      lines: [
        "dC/dz2 [2, 1] = dC/da2 ⊙ sigmoid'(z2) = (a2 - y) ⊙ sigmoid'(z2)",
        "dC/dz1 [3, 1] = dC/da1 ⊙ sigmoid'(z1) = w2ᵀ ((a2 - y) ⊙ sigmoid'(z2)) ⊙ sigmoid'(z1)",
        "dC/db2 [2, 1] = dC/dz2", "[[-0.144575]", "[[0.007307]", "[-0.127568 -0.093346 -0.139153]",
      ]),
    Printout(
      program: "002-backprop-trace",
      lines: [
        "z1 = add(x1, x1) = add(3, 3) = 6", "z2 = add(z1, x2) = add(6, 2) = 8",
        "f = square(z2) = square(8) = 64", "op1 = DG[square][1](8) = 16",
        "delta[z2] = delta[z2] + delta[f] * op1 = 0 + 1 * 16 = 16",
        "delta[z1] = delta[z1] + delta[z2] * op1 = 0 + 16 * 1 = 16",
        "delta[x2] = delta[x2] + delta[z2] * op2 = 0 + 16 * 1 = 16",
        "delta[x1] = delta[x1] + delta[z1] * op1 = 0 + 16 * 1 = 16",
        "delta[x1] = delta[x1] + delta[z1] * op2 = 16 + 16 * 1 = 32", "df/dx1 = 32",
      ]),
    Printout(
      program: "002-chain",
      lines: [
        "z1 = sin(z0) = sin(0.5) = 0.479426", "= 1.61515", "= 2.6087", "= 3.23029", "= 5.2174",
        "= 4.57869",
      ]),
    Printout(
      program: "002-derivation-steps",
      lines: [
        "df/dx1 = d(z2^2)/dz2 · dz2/dx1 f = z2^2", "df/dx1 = 2 z2 · dz2/dx1 d(a^2)/da = 2 a",
        "df/dx1 = 2 z2 · d(z1 + x2)/dx1 z2 = z1 + x2",
        "df/dx1 = 2 z2 · (1 · dz1/dx1 + 1 · dx2/dx1) d(a + b)/da = d(a + b)/db = 1",
        "df/dx1 = 2 z2 · (1 · d(x1 + x1)/dx1 + 1 · dx2/dx1) z1 = x1 + x1",
        "df/dx1 = 2 z2 · (1 · (1 · dx1/dx1 + 1 · dx1/dx1) + 1 · dx2/dx1) "
          + "d(a + b)/da = d(a + b)/db = 1",
        "df/dx1 = 2 z2 · (1 · (1 · 1 + 1 · 1) + 1 · 0) "
          + "da/da = 1 and da/db = 0 for inputs a, b",
        "df/dx1 = 2 z2 · 2 = 8 x1 + 4 x2", "df/dx2 = 2 z2 · (1 · (1 · 0 + 1 · 0) + 1 · 1)",
        "df/dx2 = 2 z2 · 1 = 4 x1 + 2 x2", "at x1 = 3, x2 = 2: z1 = 6, z2 = 8, f = 64",
        "→ 16 · (1 · (1 · 1 + 1 · 1) + 1 · 0)", "→ 32", "df/dx2 = 16",
      ]),
    Printout(
      program: "002-general-list",
      lines: [
        "dx9/dx8 = dx9/dx9 · dx9/dx8 = dx9/dx9 · x9 = 1 · 1.44766 = 1.44766",
        "1.44766 · (-0.389418) = -0.563745", "1.44766 · (-0.95) = -1.37528", "= -1.83046",
        "= -1.47897", "= 0.900621",
      ]),
    Printout(
      program: "002-logistic",
      lines: [
        "dloss/dw [3, 1] =", "[[0.003129 0.060060 0.105350]]", "[[-0.258435 -0.419970 -0.107325]]",
      ]
    ),
    Printout(
      program: "002-net2",
      lines: [
        "dC/dP [2, 2] = dC/dC · d crossEnt/dP = -Y ⊙ (dC/dC / P)",
        "dC/dA2 [2, 2] = dC/dP · d softMax/dA2 = P ⊙ (dC/dP - rowsum(dC/dP ⊙ P))",
        "dC/dB2 [1, 2] = dC/dZ2b · d add*/dB2 = colsum(dC/dZ2b)", "[[ 0.553736 -0.145141]]",
        "[[ 0.002934 0.001836]", "[[ 0.207686 -0.029418]",
        "dC/dB [1, 2] += dC/dZ2b · d add*/dB = colsum(dC/dZ2b)", "[[ 1.041232 -0.431968]]",
      ]),
    Printout(
      program: "003-q1",
      lines: [
        "z1 = w1 · x = 2 · 1 = 2", "x1 = relu(z1) = relu(2) = 2", "z2 = w2 · x1 = 2 · 2 = 4",
        "z3 = w3 · x2 = 3 · 4 = 12", "dE/dyhat = dE/dr · dr/dyhat", "= 4",
        "dE/dw3 = dE/dz3 · dz3/dw3 = dE/dz3 · x2 = 4 · 4 = 16",
        "dE/dx2 = dE/dz3 · dz3/dx2 = dE/dz3 · w3 = 4 · 3 = 12",
        "dE/dz2 = dE/dx2 · dx2/dz2", "= 12 · 1 = 12",
        "dE/dw2 = dE/dz2 · dz2/dw2 = dE/dz2 · x1 = 12 · 2 = 24",
        "dE/dw1 = dE/dz1 · dz1/dw1 = dE/dz1 · x = 24 · 1 = 24",
      ]),
    Printout(
      program: "004-jacobian",
      lines: [
        "= 0.491207", "= -0.269424", "dy0/dx1 =", "= 0.7", "= 2.82702", "= 0.471492", "= 0.342821",
      ]),
    Printout(
      program: "004-layers",
      lines: [
        "dL/dh [2, 1] = dL/ds · ds/dh = dL/ds ⊙ s ⊙ (1 - s)", "[[-0.236918]",
        "dL/dW [2, 3] = dL/dh xᵀ", "[[-0.236918 -0.473835 0.236918]",
        "dL/dx [3, 1] = Wᵀ dL/dh", "[[-0.069953]", "dL/db [2, 1] = dL/dh",
      ]),
    Printout(
      program: "004-modes",
      lines: [
        "db = cos(a) · da", "= 0.354798", "= 1.3548", "dz1/da = dz1/db · db/da", "= 0.886995",
        "dz_n/dx =", "x · cos(z_{n-1} · x) · dz_{n-1}/dx + z_{n-1} · cos(z_{n-1} · x) + 1",
        "dz/dz_{n-1} =", "= x · cos(z_{n-1} · x) · dz/dz_n", "dz20/dx = 0.229892683904",
      ]),
  ]

  @Test(arguments: printouts)
  func `a document's printout is told in its notation`(_ printout: Printout) {
    let folder = Folder.package() + "/examples/notations/"
    let output = Self.plain(Folder.text(folder + printout.program + ".out") ?? "")
    for line in printout.lines {
      #expect(output.contains(Self.plain(line)), "\(printout.program): \(line)")
    }
  }

  /// The text with one blank in place of several, and of line breaks.
  private static func plain(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }
}
