import Testing

/// `wl explain` on the command line.
@Suite struct Explaining {
  @Test func `a topic has its page, a slip of the finger a suggestion`() throws {
    let row = try Program.wl("explain", "sqrt")
    #expect(row.status == 0 && row.output.contains("  d/dx     1 / (2 sqrt(x))\n"))
    #expect(row.output.contains("  checked  at x = "))
    #expect(try Program.wl("explain", "chain", "rule").output.hasPrefix("chain rule"))
    #expect(try Program.wl("explain", "w0301").output.contains("mend it"))
    #expect(try Program.wl("explain").output.contains("checkpointing"))
    let slip = try Program.wl("explain", "revers")
    #expect(slip.status == 1 && slip.output.isEmpty)
    #expect(slip.errors.contains("did you mean `reverse`?"))
    let json = try Program.wl("explain", "mul", "--format", "json")
    #expect(json.output.split(separator: "\n").allSatisfy { $0.hasPrefix("{") })
  }
}
