import Testing
import WengertTestSupport

@testable import WengertLang

/// Data files, held to what NumPy reads in them: `scripts/make-data-fixtures` writes both.
@Suite struct LoadTests {
  static let folder = Folder.package() + "/Tests/WengertLangTests/Data/fixtures"

  /// A file, the array in it, its shape and the bits of its elements.
  struct Case: Sendable, CustomTestStringConvertible {
    var path: String
    var array: String?
    var extents: [Int]
    var bits: [UInt64]

    var testDescription: String { path + (array.map { ": \($0)" } ?? "") }
  }

  static let cases: [Case] = {
    let bytes = Folder.bytes(folder + "/expected.json") ?? []
    guard case .object(let members)? = try? JSONReader.parse(bytes) else { return [] }
    return members.map { member in
      let parts = member.name.split(separator: ":").map(String.init)
      return Case(
        path: parts[0], array: parts.count > 1 ? parts[1] : nil,
        extents: items(member.value["shape"]).compactMap {
          if case .number(let number) = $0 { Int(number) } else { nil }
        },
        bits: items(member.value["bits"]).compactMap {
          if case .string(let digits) = $0 { UInt64(digits, radix: 16) } else { nil }
        })
    }
  }()

  private static func items(_ value: JSON?) -> [JSON] {
    if case .array(let items)? = value { items } else { [] }
  }

  @Test func `there is a case for every file`() {
    let files = Folder.names(in: Self.folder).filter { $0 != "expected.json" }
    #expect(Set(Self.cases.map(\.path)) == Set(files))
    #expect(Self.cases.count > 40)
  }

  @Test(arguments: cases)
  func `a file is read as NumPy reads it, to the bit`(_ expected: Case) throws {
    let bytes = try #require(Folder.bytes(Self.folder + "/" + expected.path))
    var request = DataRequest(path: expected.path)
    request.names = expected.array.map { [$0] } ?? []
    let arrays = try DataFormat.named(by: expected.path).read(bytes, request)
    #expect(arrays.count == 1)
    #expect(arrays[0].shape == Shape(expected.extents))
    #expect(arrays[0].elements.map(bits) == expected.bits.map { bits(Double(bitPattern: $0)) })
  }

  /// The bits of a number; all nans count as one.
  private func bits(_ number: Double) -> UInt64 {
    number.isNaN ? Double.nan.bitPattern : number.bitPattern
  }

  // MARK: Hostile files

  @Test(arguments: cases.filter { $0.array == nil || $0.array == "W1" || $0.array == "W" })
  func `a file that is cut off anywhere is read or refused`(_ expected: Case) throws {
    let bytes = try #require(Folder.bytes(Self.folder + "/" + expected.path))
    let format = try DataFormat.named(by: expected.path)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 400)) {
      do throws(DataError) {
        _ = try format.read(Array(bytes[..<length]), DataRequest(limit: 1 << 20))
      } catch {
        // Messages show the text around the place.
        #expect(error.place.map { $0.upperBound <= length } ?? true, "cut at \(length)")
      }
    }
    guard !format.takesColumns, format.ending != ".json" else { return }
    let cut = Array(bytes.dropLast())
    #expect(throws: DataError.self) { try format.read(cut, DataRequest(names: ["W1"])) }
  }

  @Test(arguments: cases.filter { $0.array == nil || $0.array == "W1" || $0.array == "W" })
  func `a file with any byte changed is read or refused`(_ expected: Case) throws {
    let bytes = try #require(Folder.bytes(Self.folder + "/" + expected.path))
    let format = try DataFormat.named(by: expected.path)
    var request = DataRequest(path: expected.path, limit: 1 << 20)
    request.names = expected.array.map { [$0] } ?? []
    var random = SystemSeed(state: 1)
    for place in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 500)) {
      for byte in [0, 0xFF, UInt8(truncatingIfNeeded: random.next())] {
        var changed = bytes
        changed[place] = byte
        guard let arrays = try? format.read(changed, request) else { continue }
        for array in arrays { #expect(array.shape.count == array.elements.count) }
      }
    }
  }

  /// A generator with known numbers (splitmix64).
  private struct SystemSeed: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  @Test func `an archive whose sizes lie allocates nothing for them`() throws {
    let bytes = try #require(Folder.bytes(Self.folder + "/packed.npz"))
    // The unpacked size of the first member of the directory.
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: [0x50, 0x4B, 1, 2]) })
    var changed = bytes
    changed.replaceSubrange((place + 24)..<(place + 28), with: [0xFF, 0xFF, 0xFF, 0x7F])
    #expect(throws: DataError.self) {
      try DataFormat.npz.read(changed, DataRequest(path: "packed.npz", names: ["big"]))
    }
  }

  // MARK: In programs

  @Test func `loaded numbers are inputs, and constants in functions and loops`() {
    let transcript = Transcript(
      of: """
        X = load("plain.csv")
        f(t) = sum(load("plain.csv")*t)
        s = 0
        for i in 0..1 { s += load("plain.csv")[i, 0] }
        E = sum(X^2)
        print grad(E, X), f'(3), s
        A, b = load("stored.npz", "W1", "b")
        print A[0], b
        F = sum(A)
        print grad(F, A)
        """, name: "test", folder: Self.folder)
    #expect(
      transcript.output == """
        [[2. 4.]
         [6. 8.]] 10 4
        [ 1.5  -2.25  3.  ] [1. 2. 3.]
        [[1. 1. 1.]
         [1. 1. 1.]]

        """, "\(transcript.complaints)")
  }
}
