import Testing
import WengertTestSupport

@testable import WengertLang

/// Laws of the layout, over random graphs from a chain to a thicket.
@Suite struct LayeredLayoutTests {
  struct Sketch: Sendable, CustomTestStringConvertible {
    var sizes: [LayeredLayout.Size] = []
    var lines: [LayeredLayout.Line] = []
    var layout: LayeredLayout { LayeredLayout(sizes, lines) }
    var testDescription: String { "\(sizes.count) boxes, \(lines.count) lines" }

    /// Boxes that read up to two of the last `reach` before them.
    init(count: Int, reach: Int) {
      var state = UInt64(count * 7919 + reach)
      func draw(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % max(1, bound)
      }
      for box in 0..<count {
        sizes.append(.init(width: 40 + Double(draw(90)), height: 20 + Double(draw(60))))
        guard box > 0 else { continue }
        for _ in 0..<draw(3) {
          lines.append(.init(from: box - 1 - draw(min(reach, box)), to: box))
        }
      }
    }
  }

  static let sketches = [
    (0, 1), (1, 1), (5, 2), (40, 1), (60, 5), (200, 12), (400, 400), (900, 30),
  ]
  .map { Sketch(count: $0, reach: $1) }

  @Test(arguments: sketches)
  func `boxes do not overlap`(_ sketch: Sketch) {
    let layout = sketch.layout
    for a in sketch.sizes.indices {
      for b in sketch.sizes.indices.dropFirst(a + 1) {
        let isApart =
          layout.places[a].x + sketch.sizes[a].width <= layout.places[b].x
          || layout.places[b].x + sketch.sizes[b].width <= layout.places[a].x
          || layout.places[a].y + sketch.sizes[a].height <= layout.places[b].y
          || layout.places[b].y + sketch.sizes[b].height <= layout.places[a].y
        if !isApart { Issue.record("boxes \(a) and \(b) overlap") }
      }
    }
  }

  @Test(arguments: sketches)
  func `boxes and lines stay inside of the picture`(_ sketch: Sketch) {
    let layout = sketch.layout
    for (place, size) in zip(layout.places, sketch.sizes) {
      #expect(place.x >= 0 && place.x + size.width <= layout.width + 1e-9)
      #expect(place.y >= -1e-9 && place.y + size.height <= layout.height + 1e-9)
    }
  }

  @Test(arguments: sketches)
  func `a line goes to the right, from the box that is read to the one that reads`(
    _ sketch: Sketch
  ) {
    let layout = sketch.layout
    for (line, path) in zip(sketch.lines, layout.paths) {
      guard let first = path.first, let last = path.last else {
        #expect(layout.isCut(line))
        continue
      }
      #expect(first.x == layout.places[line.from].x + sketch.sizes[line.from].width)
      #expect(last.x == layout.places[line.to].x)
      #expect(zip(path, path.dropFirst()).allSatisfy { $0.x <= $1.x })
    }
  }

  @Test(arguments: sketches)
  func `where a line passes a column, no box stands on it`(_ sketch: Sketch) {
    let layout = sketch.layout
    for path in layout.paths {
      // Between its ends a path is level in the columns: every second stretch.
      for bend in stride(from: 1, to: path.count - 2, by: 2) {
        let (left, right) = (path[bend], path[bend + 1])
        #expect(left.y == right.y)
        for (place, size) in zip(layout.places, sketch.sizes)
        where place.x < right.x && place.x + size.width > left.x {
          let isClear = left.y <= place.y || left.y >= place.y + size.height
          if !isClear { Issue.record("a line at \(left) runs over the box at \(place)") }
        }
      }
    }
  }

  @Test func `inversions are counted as by comparing all pairs`() {
    for count in [0, 1, 2, 7, 50] {
      let sequence = (0..<count).map { ($0 * 37 + 11) % 17 }
      var pairs = 0
      for a in sequence.indices {
        for b in sequence.indices.dropFirst(a + 1) where sequence[a] > sequence[b] { pairs += 1 }
      }
      #expect(LayeredLayout.inversions(sequence) == pairs)
    }
  }
}
