import Testing
import WengertKernels
import WengertTestSupport

@testable import WengertLang

/// Pixels, and the files that hold them.
@Suite struct PNGTests {
  /// The rows of a file, unpacked by zlib and with the differences added up again.
  private func pixels(_ file: [UInt8]) throws -> (width: Int, height: Int, pixels: [UInt8]) {
    func number(_ place: Int) -> Int { file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(file.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    let (width, height) = (number(16), number(20))
    var packed: [UInt8] = []
    var place = 8
    while place + 12 <= file.count {
      let count = number(place)
      let named = Array(file[place + 4..<place + 8 + count])
      #expect(Int(wl_crc32(named, named.count)) == number(place + 8 + count))
      if named.prefix(4) == Array("IDAT".utf8)[...] { packed += named.dropFirst(4) }
      place += count + 12
    }
    let inside = Array(packed.dropFirst(2).dropLast(4))
    var rows = Array(repeating: UInt8(0), count: (width * 3 + 1) * height)
    try #require(wl_inflate(inside, inside.count, &rows, rows.count) == 1)
    var pixels: [UInt8] = []
    for row in 0..<height {
      #expect(rows[row * (width * 3 + 1)] == 2)
      for column in 0..<width * 3 {
        let above = row == 0 ? 0 : pixels[(row - 1) * width * 3 + column]
        pixels.append(rows[row * (width * 3 + 1) + 1 + column] &+ above)
      }
    }
    return (width, height, pixels)
  }

  @Test func `a file holds the pixels that were painted`() throws {
    var picture = Picture(width: 120, height: 70, title: "test")
    picture.add(.box(.init(x: 10, y: 10), width: 60, height: 40, radius: 6, fill: .input, .init()))
    picture.add(.line([.init(x: 0, y: 0), .init(x: 120, y: 70)], .init(tone: .first, width: 3)))
    picture.write("wl 0.5 → …", .init(x: 20, y: 40), .second, .middle, turned: true)
    let raster = try #require(Raster(picture))
    let (width, height, pixels) = try pixels(try #require(PNGWriter.write(picture)))
    #expect(width == 240 && height == 140)
    #expect(pixels == raster.pixels)
  }

  @Test func `a filled box covers its area, half a pixel as half`() throws {
    var picture = Picture(width: 20, height: 20, title: "")
    picture.add(
      .area(
        [.init(x: 4, y: 4), .init(x: 12.5, y: 4), .init(x: 12.5, y: 12), .init(x: 4, y: 12)], .ink))
    let raster = try #require(Raster(picture, scale: 1))
    func red(_ x: Int, _ y: Int) -> Int { Int(raster.pixels[(y * 20 + x) * 3]) }
    let ink = red(5, 5)
    #expect(ink < 64 && red(2, 2) == 255 && red(13, 5) == 255)
    #expect(abs(red(12, 6) - (ink + 255) / 2) <= 1)
  }

  @Test func `every character of the keyboard has strokes, and none leaves its lines`() {
    for code in UInt8(33)...126 {
      let character = Character(Unicode.Scalar(code))
      let glyph = StrokeFont.glyph(character)
      #expect(!glyph.strokes.isEmpty, "\(character)")
      #expect(glyph.strokes.allSatisfy { $0.count >= 2 }, "\(character)")
      for point in glyph.strokes.joined() {
        #expect(point.x >= 0 && point.x <= glyph.width + 1e-9, "\(character)")
        #expect(point.y >= -2 && point.y <= 7, "\(character)")
      }
    }
  }

  @Test func `a picture with too many pixels is refused`() {
    #expect(Raster(Picture(width: 1e6, height: 1e6, title: "")) == nil)
    #expect(Raster(Picture(width: .nan, height: 10, title: "")) == nil)
  }
}
