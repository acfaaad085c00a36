/// Where the values of entries lie: the many numbers of a long list side by side, others each at a
/// place of its own.
struct Addresses: @unchecked Sendable {
  typealias Address = UnsafeMutablePointer<Double>

  /// Entries that are numbers, one behind the other.
  private struct Stretch {
    var entries: Range<Int>
    let base: Address
    /// How many entries before its end are in a stretch.
    let skipped: Int
  }

  private var stretches: [Stretch] = []
  /// The addresses of the entries that are in no stretch.
  private var single: [Address?]

  /// As many numbers make a stretch.
  private static let least = 1000

  init(_ addresses: [Address?] = []) { single = addresses }

  var count: Int { single.count + (stretches.last?.skipped ?? 0) }

  @inline(__always)
  subscript(_ place: Int) -> Address? {
    get {
      guard let last = stretches.last else { return single[place] }
      if last.entries.contains(place) { return last.base + (place - last.entries.lowerBound) }
      return find(place)
    }
    set {
      if let number = stretches.firstIndex(where: { $0.entries.contains(place) }) {
        guard stretches[number].base + (place - stretches[number].entries.lowerBound) != newValue
        else { return }
        dissolve()
      }
      single[place - skipped(before: place)] = newValue
    }
  }

  private func find(_ place: Int) -> Address? {
    for stretch in stretches.reversed() where place >= stretch.entries.lowerBound {
      guard place >= stretch.entries.upperBound else {
        return stretch.base + (place - stretch.entries.lowerBound)
      }
      return single[place - stretch.skipped]
    }
    return single[place]
  }

  private func skipped(before place: Int) -> Int {
    stretches.last { $0.entries.upperBound <= place }?.skipped ?? 0
  }

  mutating func append(_ address: Address?) { single.append(address) }

  /// Adds numbers that lie side by side.
  mutating func append(numbers: Int, from base: Address) {
    guard numbers >= Self.least else {
      for offset in 0..<numbers { single.append(base + offset) }
      return
    }
    let first = count
    stretches.append(
      Stretch(
        entries: first..<first + numbers, base: base,
        skipped: numbers + (stretches.last?.skipped ?? 0)))
  }

  /// Forgets those from a place on.
  mutating func truncate(to count: Int) {
    if stretches.contains(where: { $0.entries.lowerBound < count && $0.entries.upperBound > count })
    {
      dissolve()
    }
    stretches.removeAll { $0.entries.lowerBound >= count }
    single.removeSubrange((count - skipped(before: count))...)
  }

  /// Gives every entry an address of its own.
  private mutating func dissolve() {
    single = (0..<count).map { self[$0] }
    stretches = []
  }
}
