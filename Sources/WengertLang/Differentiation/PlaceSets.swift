/// Sets of places of a seed, each held once: elements that depend on the same places share one.
struct PlaceSets {
  /// The places of each set, in order; number 0 is the empty one.
  private(set) var members: [[Int32]] = [[]]
  private var numbers: [[Int32]: Int32] = [[]: 0]
  private var unions: [Pair: Int32] = [:]
  /// How many places were looked at to make unions.
  private(set) var work = 0

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
    let (small, large) = members[Int(a)].count < members[Int(b)].count ? (a, b) : (b, a)
    let number =
      isHeld(members[Int(small)], by: members[Int(large)])
      ? large : number(of: Self.merged(members[Int(small)], members[Int(large)]))
    work += number == large ? members[Int(small)].count : members[Int(number)].count
    unions[pair] = number
    return number
  }

  /// The number of the union of many sets, neighbours first: no set is merged often.
  mutating func union(of all: [Int32]) -> Int32 {
    var numbers = all
    while numbers.count > 1 {
      var next: [Int32] = []
      for place in stride(from: 0, to: numbers.count - 1, by: 2) {
        next.append(union(numbers[place], numbers[place + 1]))
      }
      if numbers.count % 2 == 1 { next.append(numbers[numbers.count - 1]) }
      numbers = next
    }
    return numbers.first ?? 0
  }

  /// Whether a much smaller set lies in a larger one; others are cheaper to merge.
  private func isHeld(_ small: [Int32], by large: [Int32]) -> Bool {
    guard small.count <= large.count / 32 else { return false }
    return small.allSatisfy { place in
      var (low, high) = (0, large.count)
      while low < high {
        let middle = (low + high) / 2
        if large[middle] < place { low = middle + 1 } else { high = middle }
      }
      return low < large.count && large[low] == place
    }
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
