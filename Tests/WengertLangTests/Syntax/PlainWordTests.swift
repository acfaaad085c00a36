import Testing
import WengertTestSupport

@testable import WengertLang

/// Eight bytes looked at side by side say the same as one by one.
@Suite struct PlainWordTests {
  private static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_".utf8)
  private static let digits = Set("0123456789".utf8)

  /// Where the name at an offset ends, and its letters and the number at its end.
  private func expected(_ text: [UInt8], _ start: Int, _ limit: Int) -> (
    end: Int, stem: String, number: String
  )? {
    guard start < limit, Self.letters.contains(text[start]) else { return nil }
    let word = text[start..<limit].prefix {
      Self.letters.contains($0) || Self.digits.contains($0)
    }
    let number = word.reversed().prefix { Self.digits.contains($0) }.reversed()
    return (
      start + word.count, String(decoding: word.dropLast(number.count), as: UTF8.self),
      String(decoding: number, as: UTF8.self)
    )
  }

  /// The key of a stem, its first letter highest.
  private func key(_ stem: String) -> UInt64 {
    stem.utf8.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private func check(_ text: [UInt8], _ start: Int, _ limit: Int) {
    let word = text.withUnsafeBufferPointer { PlainWord($0, from: start, limit: limit) }
    let said = "\(String(decoding: text, as: UTF8.self)) from \(start) to \(limit)"
    guard let expected = expected(text, start, limit) else {
      #expect(word == nil, "\(said)")
      return
    }
    #expect(word?.start == start && word?.end == expected.end, "\(said)")
    let isMember =
      expected.end - start < 8 && !expected.number.isEmpty
      && (expected.number == "0" || !expected.number.hasPrefix("0"))
    #expect(word?.isMember == isMember, "\(said)")
    guard isMember else { return }
    #expect(word?.stem == key(expected.stem), "\(said)")
    #expect(word?.stemCount == expected.stem.utf8.count, "\(said)")
    #expect(word?.number == Int(expected.number), "\(said)")
  }

  @Test func `a letter and each of the bytes, at each place`() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<9 {
        var text = Array("a1b2c3d4e ".utf8)
        text[place] = byte
        for limit in place...text.count { check(text, 0, limit) }
      }
    }
  }

  @Test func `names of every length, with numbers of every length`() {
    var generator = SeededGenerator(seed: 11)
    for letters in 1...10 {
      for digits in 0...10 {
        for _ in 0..<20 {
          let stem = (0..<letters).map { _ in Self.letters.randomElement(using: &generator) ?? 97 }
          let number = (0..<digits).map { _ in Self.digits.randomElement(using: &generator) ?? 48 }
          let text = Array(" ".utf8) + stem + number + Array(", z1)".utf8)
          check(text, 1, text.count)
          check(text, 1, 1 + letters + digits)
        }
      }
    }
  }
}
