import Testing
import WengertTestSupport

@testable import WengertLang

/// Long loops under bounded memory give the same bits as with all the memory they want.
@Suite struct CheckpointTests {
  /// Programs that carry more than the smallest memory can keep, with the turns made again.
  static let programs = [
    "for": """
    x = linspace(0.1, 0.9, 50)
    z = x
    for n in 1..700 { z = sin(z*x) + x }
    g = grad(sum(z), x)
    """,
    "while": """
    x = linspace(0.1, 0.9, 50)
    z = x
    k = 0
    while k < 900 { z = sin(z*x) + x; k += 1 }
    g = grad(sum(z), x)
    """,
    "walks and captured matrices": """
    X = reshape(linspace(-1, 1, 2000), [500, 4])
    W = reshape(linspace(-0.5, 0.4, 16), [4, 4])
    h = zeros(4)
    for v in X { h = tanh(W @ h + v) }
    g = grad(sum(h^2), W)
    G = grad(sum(h^2), X)
    """,
    "nested": """
    x = linspace(0.2, 0.8, 20)
    z = x
    for i in 1..60 {
      for j in 1..i { z = cos(z*x) + 0.1*i }
      z = z/2
    }
    g = grad(sum(z), x)
    """,
    "while in for, branches": """
    x = linspace(0.2, 0.8, 20)
    z = x
    for i in 1..300 {
      k = 0
      while k < i % 5 { z = z + 0.01*sin(z*x); k += 1 }
      if i % 3 == 0 { z = z*0.9 } else { z = cos(z) }
    }
    g = grad(sum(z), x)
    """,
    "second order": """
    x = linspace(0.2, 0.8, 10)
    z = x
    for i in 1..400 { z = 0.9*sin(z*x) + 0.1*x }
    g = grad(sum(grad(sum(z), x)^2), x)
    """,
    "while, second order": """
    x = linspace(0.2, 0.8, 10)
    z = x
    k = 0
    while k < 400 { z = 0.9*sin(z*x) + 0.1*x; k += 1 }
    g = grad(sum(grad(sum(z), x)^2), x)
    """,
    "rows, second order": """
    X = reshape(linspace(-1, 1, 600), [150, 4])
    W = reshape(linspace(-0.5, 0.4, 16), [4, 4])
    h = zeros(4)
    for v in X { h = tanh(W @ h + v) }
    G = grad(sum(h^2), X)
    g = grad(sum(G^2), W)
    """,
    "sums and rows of many turns": """
    x, s, z = 0.3, 0, 0.2
    for n in 1..5000 { s += sin(n*x)/n; z = tanh(z + x*cos(0.01*n)) }
    g = grad(s*z, x)
    """,
    "rows of many turns, second order": """
    x, s, z = 0.3, 0, 0.2
    for n in 1..5000 { s += sin(n*x)*z/n; z = tanh(z + x*cos(0.01*n)) }
    g = grad(grad(s*z, x)^2, x)
    """,
    "values that swap": """
    x, a, b, c = 0.3, 1, 2, 3
    for n in 1..5000 { a, b, c = 0.9*b, c, sin(a*x) }
    g = grad(a + b*c, x)
    """,
    "branches": """
    x = linspace(0.1, 0.9, 50)
    z = x
    for n in 1..700 { if sum(z) > 1e9 { z = 0*z } else { z = cos(z*x) + x/n } }
    g = grad(sum(z), x)
    """,
    "an own generator carried along": """
    s = 1
    x = linspace(0.1, 0.9, 50)
    z = x
    for n in 1..600 {
      s = (16807*s) % 2147483647
      z = sin(z*x) + s/2147483647
    }
    g = grad(sum(z), x)
    """,
  ]

  /// The values of all names with all digits.
  private func values(_ program: String, memory: String) -> [String] {
    let run = ProgramRun("set memory \(memory)\n\(program)\nprint \"{g!r}\"")
    let isDone = run.isDone
    #expect(isDone, "\(run.diagnostics.map(\.title))")
    return run.output + run.state
  }

  @Test(arguments: programs.keys.sorted(), ["64kB", "72 kB", "100kB", "250kB", "1MB"])
  func `less memory changes no bit`(_ name: String, _ memory: String) throws {
    let program = try #require(Self.programs[name])
    let (less, all) = (values(program, memory: memory), values(program, memory: "1GB"))
    #expect(less.isEmpty == false && less == all)
  }

  @Test(arguments: UInt64(1)...100, [700, 1024])
  func `random loops over numbers have the same bits`(_ seed: UInt64, turns: Int) {
    let program = LoopPrograms.numbers(seed: seed, turns: turns)
    let (less, all) = (values(program, memory: "64kB"), values(program, memory: "1GB"))
    #expect(less.isEmpty == false && less == all, "\(program)")
  }

  @Test func `the memory that a loop takes stays within what is set`() {
    let memory = Memory(limit: 1 << 16)
    var checkpoints = Checkpoints(width: 100, memory: memory)
    #expect(throws: Never.self) { try checkpoints.open(most: .max) }
    #expect(checkpoints.capacity == (1 << 16) / 1600)
    for turn in 0..<10_000 where checkpoints.thin(for: turn) {
      #expect(throws: Never.self) { _ = try checkpoints.push(turn) }
    }
    #expect(checkpoints.segments.count <= checkpoints.capacity)
    #expect(checkpoints.segments.allSatisfy { $0 % checkpoints.stride == 0 })
    #expect(memory.budget >= (1 << 16) / 2 - 800)
  }

  /// How many turns are made again when `length` states are visited from last to first.
  private func advances(_ length: Int, _ free: Int) -> Int {
    guard length > 1 else { return 0 }
    guard free > 0 else { return length * (length - 1) / 2 }
    let step = Checkpoints.step(segments: length, free: free)
    return step + advances(length - step, free - 1) + advances(step, free)
  }

  @Test func `no schedule makes fewer turns again`() {
    for free in 1...5 {
      var best: [[Int]] = [Array(repeating: 0, count: free + 1)]
      for length in 1...60 {
        best.append([length * (length - 1) / 2])
        for c in 1...free {
          let steps = (1..<max(length, 2)).map { m in
            length == 1 ? 0 : m + best[length - m][c - 1] + best[m][c]
          }
          best[length].append(steps.min() ?? 0)
        }
        #expect(advances(length, free) == best[length][free], "\(length) turns, \(free) states")
      }
    }
  }

  @Test(arguments: [
    ("64MB", "64 MB"), ("4GB", "4 GB"), ("64", "64 MB"), ("512 kB", "512 kB"), ("2*32", "64 MB"),
    ("1.5GiB", "1536 MB"), ("100000 kb", "97 MB"),
  ])
  func `sizes are written with a unit`(_ written: String, _ shown: String) {
    let run = ProgramRun("set memory \(written)")
    #expect(run.codes == [])
    #expect(MemoryUnit.text(run.session.settings.memory) == shown)
    #expect(MemoryUnit.text(24) == "24 bytes")
  }

  @Test(arguments: ["0", "-1", "64 MX", "1kB", "inf GB", "1e30 GB"])
  func `other sizes are refused`(_ written: String) {
    let run = ProgramRun("set memory \(written)")
    #expect(!run.isDone)
  }

  @Test func `a state that does not fit is said`() {
    let run = ProgramRun(
      """
      set memory 64kB
      z = linspace(0, 1, 3000)
      for n in 1..9 { z = sin(z) }
      g = grad(sum(z), z)
      """)
    #expect(run.codes == ["E0801"])
  }
}
