import Testing

/// The reference's section on the command line, beside what the program does.
@Suite struct ReferenceTests {
  @Test func `every event of --json, and each of its members, stands in the reference`() throws {
    let page = try Program.wl("reference", "commands").output
    let folder = Program.temporaryFolder()
    defer { Program.remove(folder) }
    let outcome = try Program.wl(
      "--json", "-e", "x = 3; y = x^2; w = x; E = (w - 1)^2", "-e", "print y", "-e", "list y",
      "-e", "save y to \"\(folder)/y.csv\"", "-e", "print nothing")
    #expect(outcome.status == 1)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    var events: Set<Substring> = []
    for line in outcome.output.split(separator: "\n") {
      let words = line.split(separator: "\"", omittingEmptySubsequences: false)
      let event = words[3]
      events.insert(event)
      let row = rows.first { $0.hasPrefix("| `\(event)` |") } ?? ""
      #expect(!row.isEmpty, "\(event)")
      for member in members(of: line) where member != "event" {
        #expect(row.contains("`\(member)`"), "\(event): \(member)")
      }
    }
    #expect(events == ["value", "print", "report", "file", "diagnostic", "done"])
  }

  @Test func `every option and every command of the help stands in the reference`() throws {
    let page = try Program.wl("reference", "commands").output
    let help = try Program.wl("help", "check").output + Program.wl("help", "fmt").output
    for line in help.split(separator: "\n") {
      for word in line.split(whereSeparator: { " ,".contains($0) }).prefix(2)
      where line.hasPrefix("  -") && word.hasPrefix("--") && word != "--help" && word != "--version"
      {
        #expect(page.contains(word), "\(word)")
      }
    }
    let commands = try Program.wl("help").output.split(separator: "\n").drop {
      !$0.hasPrefix("SUBCOMMANDS")
    }
    for line in commands where line.hasPrefix("  ") && !line.hasPrefix("   ") {
      let word = line.split(separator: " ").first ?? ""
      if word != "See" { #expect(page.contains("| `wl \(word)` |"), "\(word)") }
    }
  }

  @Test func `table runs no program, so it takes none`() throws {
    #expect(try Program.wl("table", "mul").status == 0)
    #expect(try Program.wl("table", "mul", "sub").status == 64)
    #expect(try Program.wl("table", "mul", "-e", "x = 1").status == 64)
  }

  /// The names of an object's own members.
  private func members(of line: Substring) -> [Substring] {
    var (depth, isText, start) = (0, false, line.startIndex)
    var (names, last): ([Substring], Substring) = ([], "")
    var index = line.startIndex
    while index < line.endIndex {
      let sign = line[index]
      if isText, sign == "\\" {
        index = line.index(index, offsetBy: 2)
        continue
      }
      switch sign {
      case "\"":
        if isText { last = line[line.index(after: start)..<index] } else { start = index }
        isText.toggle()
      case "{" where !isText, "[" where !isText: depth += 1
      case "}" where !isText, "]" where !isText: depth -= 1
      case ":" where !isText && depth == 1: names.append(last)
      default: break
      }
      index = line.index(after: index)
    }
    return names
  }
}
