import Testing
import WengertTestSupport

@testable import WengertLang

/// Sets of places and the colours of places, against sets as Swift has them.
@Suite struct ColouringTests {
  @Test(arguments: 0..<40) func `a union of sets holds what any of them does`(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var sets = PlaceSets()
    let all = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
      let size = [0, 1, 2, 40, 200].randomElement(using: &generator) ?? 0
      return Set((0..<size).map { _ in Int32.random(in: 0..<300, using: &generator) })
    }
    let numbers = all.map { sets.number(of: $0.sorted()) }
    let wanted = all.reduce(Set()) { $0.union($1) }.sorted()
    let whole = sets.union(of: numbers)
    #expect(sets.members[Int(whole)] == wanted)
    let pairwise = numbers.reduce(0) { sets.union($0, $1) }
    #expect(pairwise == whole, "equal sets have one number")
  }

  @Test func `the union of all places of a long vector is little work`() {
    var sets = PlaceSets()
    let numbers = (0..<Int32(1 << 14)).map { sets.number(of: [$0]) }
    let whole = sets.union(of: numbers)
    #expect(sets.members[Int(whole)] == Array(0..<Int32(1 << 14)))
    // Twice as long sets at each of 14 levels.
    #expect(sets.work == 14 << 14)
    let again = numbers.map { sets.union($0, whole) }
    #expect(again.allSatisfy { $0 == whole })
    #expect(sets.work == 15 << 14)
  }

  @Test(arguments: 0..<20) func `places of one group have different colours`(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let groups = Set(
      (0..<30).map { _ in
        Set((0..<4).map { _ in Int32.random(in: 0..<60, using: &generator) }).sorted()
      })
    let colouring = try #require(Colouring(60, groups: groups, limit: 60))
    for group in groups {
      #expect(Set(group.map { colouring.colours[Int($0)] }).count == group.count)
    }
    #expect(colouring.count == (colouring.colours.max() ?? 0) + 1)
    #expect(colouring.colours.allSatisfy { $0 >= 0 })
  }

  @Test func `colours that take longer to find than they save are not looked for`() {
    let count: Int32 = 3000
    // Windows of 1000 places, each another: 3 · 10⁹ looks.
    let windows = (0..<count).map { first in (0..<1000).map { (first + $0) % count }.sorted() }
    #expect(Colouring(Int(count), groups: Set(windows), limit: 1500) == nil)
    let few = Colouring(Int(count), groups: Set(windows.prefix(5)), limit: 1500)
    #expect((few?.count ?? 0) >= 1000)
  }
}
