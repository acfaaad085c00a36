import Testing
import WengertLang
import WengertTestSupport

/// Texts that no reader expects: examples with bytes lost, doubled and exchanged.
@Suite struct HostileTextTests {
  private static let folder = Folder.package() + "/examples"
  private static let texts: [[UInt8]] = Folder.files(in: folder, ending: ".wl").map {
    Array((Folder.text(folder + "/" + $0) ?? "").utf8)
  }
  /// Bytes that begin or end something, or that are no text at all.
  private static let bytes: [UInt8] =
    Array("(){}[]\"',:=|.\\#\n\r\t".utf8) + [0, 0x7F, 0x80, 0xC3, 0xFF]

  /// An example with some bytes changed.
  private static func text(_ generator: inout SeededGenerator) -> [UInt8] {
    var text = texts.randomElement(using: &generator) ?? []
    for _ in 0..<Int.random(in: 1...8, using: &generator) where !text.isEmpty {
      let place = Int.random(in: text.indices, using: &generator)
      let end = min(text.count, place + Int.random(in: 1...12, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: text.removeSubrange(place..<end)
      case 1: text.insert(contentsOf: text[place..<end], at: 0)
      case 2: text.swapAt(place, Int.random(in: text.indices, using: &generator))
      case 3: text[place] = bytes.randomElement(using: &generator) ?? 0
      default: text.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
      }
    }
    return text
  }

  @Test(arguments: 0..<8)
  func `whatever is read, every message points into the text`(_ part: Int) {
    var generator = SeededGenerator(seed: 20_000 + UInt64(part))
    var mistakes = 0
    for number in 0..<500 {
      let text = HostileTextTests.text(&generator)
      let source = SourceFile(name: "hostile", bytes: text)
      _ = Stage.tokens.show(source)
      for diagnostic in Stage.tree.show(source)?.diagnostics ?? [] {
        mistakes += 1
        guard let span = diagnostic.primary?.span else {
          Issue.record("\(number): \(diagnostic.code) has no place")
          continue
        }
        #expect(span.start <= span.end && Int(span.end) <= text.count + 1, "\(number)")
        #expect(!DiagnosticRenderer(sources: [source]).markup(diagnostic).plain.isEmpty)
      }
    }
    // Texts without a mistake would pass too.
    #expect(mistakes > 500)
  }
}
