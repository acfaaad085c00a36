import Testing
import WengertTestSupport

@testable import WengertLang

/// Graphs of programs, and the files that they become.
@Suite struct GraphTests {
  private static let slide = """
    x1 = 3
    x2 = 4
    z1 = add(x1, x1)
    z2 = add(z1, x2)
    f = square(z2)

    """
  private static let net = """
    X = [[1, 0.5]]
    W = [[0.1, 0.2], [0.3, -0.4]]
    layer(X, W) = { Z = X @ W; tanh(Z) }
    A1 = layer(X, W)
    A2 = layer(A1, W)
    E = sum(A2)
    z = 0
    for n in 1..3 { z = sin(z*E) + E }

    """

  /// What a program writes into its one file.
  private func file(_ program: String) -> String {
    var contents = ""
    var session = Session()
    let isDone = session.run(program, name: "test.wl") { event in
      if case .file(_, let bytes, _) = event { contents = String(decoding: bytes, as: UTF8.self) }
    }
    #expect(isDone)
    return contents
  }

  @Test func `a picture has each box once, with value and adjoint`() {
    let svg = file(Self.slide + "graph f to \"f.svg\"")
    for text in [">x1<", ">= 3<", ">a 40<", ">z1<", ">= 10<", ">a 1<"] {
      #expect(svg.contains(text), "\(text)")
    }
    #expect(svg.components(of: "<path") == 5)
    #expect(svg.hasPrefix("<svg xmlns="))
    #expect(!svg.contains("<script") && !svg.contains("http://www.w3.org/1999"))
  }

  @Test func `DOT and Mermaid have a line for each operand`() {
    let dot = file(Self.slide + "graph f to \"f.dot\"")
    #expect(dot.components(of: "n0 -> n2;") == 2)
    #expect(dot.contains(#"n4 [label="f  square\n= 100\na 1""#))
    let mermaid = file(Self.slide + "graph f to \"f.mmd\"")
    #expect(mermaid.components(of: "n0 --> n2") == 2)
  }

  @Test func `calls and loops hold graphs of their own, which fold`() {
    let dot = file(Self.net + "graph z to \"z.dot\"")
    #expect(dot.components(of: "subgraph") == 3)
    #expect(dot.contains("label=\"a turn\""))
    let folded = file(Self.net + "graph z folded to \"z.dot\"")
    #expect(!folded.contains("subgraph"))
    #expect(folded.contains("A1  call"))
  }

  @Test func `names cannot break out of a picture`() {
    let svg = file("x = 1\nf = x < 2\ngraph f to \"f.svg\"")
    #expect(!svg.contains("><<"))
    #expect(svg.contains("less"))
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.range(of: part) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }

  fileprivate func contains(_ part: String) -> Bool { self[...].range(of: part) != nil }
}

extension Substring {
  fileprivate func range(of part: String) -> Range<String.Index>? {
    guard let first = part.first else { return nil }
    var start = startIndex
    while let found = self[start...].firstIndex(of: first) {
      if self[found...].hasPrefix(part) {
        return found..<index(found, offsetBy: part.count)
      }
      start = index(after: found)
    }
    return nil
  }
}
