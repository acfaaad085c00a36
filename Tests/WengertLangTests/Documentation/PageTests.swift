import Testing
import WengertTestSupport

/// The programs on the pages, held to the output printed with them.
///
/// `CONTRIBUTING.md` tells how they are marked.
@Suite struct PageTests {
  private static let package = Folder.package()
  static let pages: [String] =
    Folder.files(in: package + "/docs", ending: ".md").map { "docs/" + $0 }
    + ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/README.md"]

  @Test(arguments: pages)
  func `every program on a page prints what the page says`(_ path: String) {
    var page = Page(Folder.text(Self.package + "/" + path) ?? "")
    let complaints = page.check(name: path)
    #expect(complaints == [], "\(complaints.joined(separator: "\n"))")
    if Golden.isRecording, !complaints.isEmpty {
      _ = Folder.write(page.text, to: Self.package + "/" + path)
    }
  }

  @Test(arguments: pages)
  func `every link inside the project leads somewhere`(_ path: String) {
    let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    for link in Page.links(in: Folder.text(Self.package + "/" + path) ?? "") {
      let target = Self.package + "/" + folder + link
      #expect(Folder.exists(target), "\(path) leads to \(link)")
    }
  }

  @Test(arguments: pages)
  func `every link to a heading leads to one`(_ path: String) {
    let text = Folder.text(Self.package + "/" + path) ?? ""
    let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    for (page, anchor) in Page.anchors(in: text) {
      let target = page.isEmpty ? text : Folder.text(Self.package + "/" + folder + page) ?? ""
      #expect(Page.headings(of: target).contains(anchor), "\(path) leads to \(page)#\(anchor)")
    }
  }

  @Test(arguments: ["primitives", "concepts"])
  func `a page of the reference leads to each of its entries`(_ name: String) {
    let text = Folder.text(Self.package + "/docs/reference/\(name).md") ?? ""
    let entries = text.split(separator: "\n").filter {
      $0.hasPrefix(name == "concepts" ? "## " : "### ")
    }
    #expect(Page.ownAnchors(in: text).count == entries.count)
    #expect(Set(Page.ownAnchors(in: text)).count == entries.count)
  }
}

/// A page of documentation, in lines.
struct Page {
  /// Where programs on pages find their files, since readers run them from here.
  private static let folder = Folder.package()

  private var lines: [String]
  /// What the last program said, for a program that goes on with it.
  private var program = ""

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The page, with what `check` found in place of what did not agree.
  var text: String { lines.joined(separator: "\n") }

  /// Runs the programs of the page.
  ///
  /// - Returns: what does not agree.
  mutating func check(name: String) -> [String] {
    var complaints: [String] = []
    var line = 0
    while line < lines.count {
      guard lines[line].hasPrefix("```") else {
        line += 1
        continue
      }
      var end = endOfBlock(line)
      if let mode = Mode(lines[line]) {
        complaints += check(mode, line + 1, &end, name)
      }
      line = end + 1
    }
    return complaints
  }

  /// How a block is meant: on its own, going on with the block before, or with a mistake.
  private enum Mode: String {
    case alone = "```wl"
    case more = "```wl more"
    case fails = "```wl fails"

    init?(_ fence: String) { self.init(rawValue: fence) }
  }

  private func endOfBlock(_ start: Int) -> Int {
    lines[(start + 1)...].firstIndex { $0.hasPrefix("```") } ?? lines.count
  }

  private mutating func check(
    _ mode: Mode, _ start: Int, _ end: inout Int, _ name: String
  ) -> [String] {
    var complaints: [String] = []
    if mode != .more { program = "" }
    var said = Transcript(of: program, name: name, folder: Page.folder).output
    var line = start
    while line < end {
      let first = line
      while line < end, lines[line].hasPrefix("#=") { line += 1 }
      if line > first {
        let output = Transcript(of: program, name: name, folder: Page.folder).output
        let found = output.dropFirst(said.count).split(separator: "\n").map { "#= " + $0 }
        if found != Array(lines[first..<line]) {
          complaints.append(
            Golden.difference(
              lines[first..<line].joined(separator: "\n"), found.joined(separator: "\n"),
              in: "\(name):\(first + 1)"))
          lines.replaceSubrange(first..<line, with: found)
          end += found.count - (line - first)
          line = first + found.count
        }
        said = output
      } else {
        program += lines[line] + "\n"
        line += 1
      }
    }
    return complaints + checkRest(mode, said, &end, name, start)
  }

  /// What a block says that no `#=` shows stands in a block of text right behind it.
  private mutating func checkRest(
    _ mode: Mode, _ said: String, _ end: inout Int, _ name: String, _ start: Int
  ) -> [String] {
    let transcript = Transcript(of: program, name: name, folder: Page.folder)
    guard transcript.isDone == (mode != .fails), transcript.codes.isEmpty || mode == .fails else {
      return ["\(name):\(start): \(transcript.complaints)"]
    }
    let rest =
      mode == .fails ? transcript.complaints : String(transcript.output.dropFirst(said.count))
    var fence = end + 1
    while fence < lines.count, lines[fence].isEmpty { fence += 1 }
    guard fence < lines.count, lines[fence] == "```text" else {
      return rest.isEmpty || mode == .fails ? [] : ["\(name):\(start) says more: \(rest)"]
    }
    let last = endOfBlock(fence)
    let expected = Array(lines[(fence + 1)..<last])
    let found = rest.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { Page.trimmed(String($0)) }
    end = last
    if expected == found { return [] }
    lines.replaceSubrange((fence + 1)..<last, with: found)
    end += found.count - expected.count
    return [
      Golden.difference(
        expected.joined(separator: "\n"), found.joined(separator: "\n"),
        in: "\(name):\(fence + 1)")
    ]
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The targets of links inside the project, without their anchors; blocks of text have none.
  static func links(in text: String) -> [String] {
    prose(of: text).joined(separator: "\n").components(behind: "](").compactMap { rest in
      let target = rest.prefix { $0 != ")" && $0 != "\n" && $0 != "#" }
      return target.isEmpty || target.contains(":") || target.contains(" ") ? nil : String(target)
    }
  }

  /// The headings that links lead to, with the page where it is another one.
  static func anchors(in text: String) -> [(page: String, anchor: String)] {
    prose(of: text).joined(separator: "\n").components(behind: "](").compactMap { rest in
      let target = rest.prefix { $0 != ")" && $0 != "\n" }
      guard let sign = target.firstIndex(of: "#"), !target.contains(":") else { return nil }
      return (String(target[..<sign]), String(target[target.index(after: sign)...]))
    }
  }

  /// What the headings of a page are called in links, as GitHub makes it of them.
  static func headings(of text: String) -> Set<String> {
    var found: [String: Int] = [:]
    return Set(
      prose(of: text).filter { $0.hasPrefix("#") }.map { line in
        let words = line.drop { $0 == "#" }.dropFirst().lowercased()
        let anchor = String(
          words.compactMap { sign -> Character? in
            if sign == " " { return "-" }
            return sign.isLetter || sign.isNumber || "-_".contains(sign) ? sign : nil
          })
        found[anchor, default: -1] += 1
        let use = found[anchor] ?? 0
        return use == 0 ? anchor : "\(anchor)-\(use)"
      })
  }

  /// The links of a page to its own headings, in their order.
  static func ownAnchors(in text: String) -> [String] {
    anchors(in: text).filter(\.page.isEmpty).map(\.anchor)
  }

  /// The lines outside of blocks of text.
  private static func prose(of text: String) -> [Substring] {
    var isText = true
    return text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      if line.hasPrefix("```") { isText.toggle() }
      return isText
    }
  }
}

extension String {
  /// What follows each occurrence of a mark.
  fileprivate func components(behind mark: String) -> [Substring] {
    var found: [Substring] = []
    var rest = self[...]
    while let first = rest.firstIndex(of: mark.first ?? " ") {
      rest = rest[first...]
      if rest.hasPrefix(mark) { found.append(rest.dropFirst(mark.count)) }
      rest = rest.dropFirst()
    }
    return found
  }
}
