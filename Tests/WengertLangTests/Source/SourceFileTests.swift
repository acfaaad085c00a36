import Testing
import WengertTestSupport

@testable import WengertLang

@Suite struct SourceFileTests {
  @Test func `offsets become lines and columns`() {
    let source = SourceFile(name: "t", text: "ab\nαx\r\n\nlast")
    #expect(source.lineCount == 4)
    #expect(source.position(at: 0) == (1, 1))
    #expect(source.position(at: 2) == (1, 3))
    #expect(source.position(at: 3) == (2, 1))
    #expect(source.position(at: 5) == (2, 3))
    #expect(source.position(at: 8) == (3, 1))
    #expect(source.position(at: 1000).line == 4)
    #expect(source.text(source.range(ofLine: 2)) == "αx")
    #expect(source.text(source.range(ofLine: 3)).isEmpty)
    #expect(source.text(source.range(ofLine: 4)) == "last")
    #expect(source.range(ofLine: 5).isEmpty)
    #expect(source.range(ofLine: 0).isEmpty)
  }

  @Test func `a byte order mark is no column`() {
    let source = SourceFile(name: "t", text: "\u{FEFF}z = q\ny = q")
    #expect(source.position(at: 7) == (1, 5))
    #expect(source.position(at: 0) == (1, 1))
    #expect(source.position(at: 13) == (2, 5))
    for (text, place) in [("z = q", "t:1:5"), ("z = 1\ny = q", "t:2:5"), ("", "")] {
      let marked = Transcript(of: "\u{FEFF}" + text, name: "t")
      #expect(marked.complaints == Transcript(of: text, name: "t").complaints)
      #expect(marked.complaints.contains(place) || place.isEmpty)
    }
  }

  @Test func `spans are cut out of the text, even where they do not fit`() {
    let source = SourceFile(name: "t", text: "z1 = add(x1, x1)")
    #expect(source.text(Span(5, 8)) == "add")
    #expect(source.text(Span(13, 100)) == "x1)")
    #expect(source.text(Span(9, 3)).isEmpty)
    #expect(Span(5, 8).joined(Span(0, 2)) == Span(0, 8))
  }
}
