/// Sets of places of a seed, each held once: elements that depend on the same places share one.
struct PlaceSets {
  /// The places of each set, in order; number 0 is the empty one.
  private(set) var members: [[Int32]] = [[]]
  private var numbers: [[Int32]: Int32] = [[]: 0]
  private var unions: [Pair: Int32] = [:]

  private struct Pair: Hashable {
    var a: Int32
    var b: Int32
  }

  /// The number of a set.
  mutating func number(of places: [Int32]) -> Int32 {
    if let known = numbers[places] { return known }
    let number = Int32(members.count)
    members.append(places)
    numbers[places] = number
    return number
  }

  /// The number of the union of two sets.
  mutating func union(_ a: Int32, _ b: Int32) -> Int32 {
    if a == b || b == 0 { return a }
    if a == 0 { return b }
    let pair = Pair(a: min(a, b), b: max(a, b))
    if let known = unions[pair] { return known }
    let number = number(of: Self.merged(members[Int(a)], members[Int(b)]))
    unions[pair] = number
    return number
  }

  private static func merged(_ a: [Int32], _ b: [Int32]) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      let next = min(a[i], b[j])
      if a[i] == next { i += 1 }
      if b[j] == next { j += 1 }
      result.append(next)
    }
    return result + a[i...] + b[j...]
  }
}
