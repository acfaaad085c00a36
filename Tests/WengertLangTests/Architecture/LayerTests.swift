import Testing
import WengertTestSupport

/// The folders of the library are its layers: each names types of some others only.
@Suite struct LayerTests {
  private static let folder = Folder.package() + "/Sources/WengertLang"
  static let sources: [Source] = Folder.files(in: folder, ending: ".swift").map {
    Source(path: $0, text: Folder.text(folder + "/" + $0) ?? "")
  }

  /// Whose types a folder may name, besides its own.
  static let layers: [String: Set<String>] = [
    "Support": [],
    "Source": ["Support"],
    "Syntax": ["Support", "Source"],
    "Primitives": ["Support", "Source"],
    "Data": ["Support", "Source", "Primitives"],
    "List": ["Support", "Source", "Syntax", "Primitives"],
    "Differentiation": ["Primitives", "List"],
    "Optimization": ["Source", "Primitives", "List", "Differentiation"],
    "Execution": ["Source", "Primitives", "List"],
    "Lowering": [
      "Support", "Source", "Syntax", "Primitives", "Data", "List", "Differentiation",
      "Optimization", "Execution",
      "Rendering",
    ],
    "Explanation": [
      "Support", "Source", "Syntax", "Primitives", "List", "Differentiation", "Execution",
    ],
    "Checking": [
      "Source", "Syntax", "Primitives", "List", "Differentiation", "Execution", "Explanation",
    ],
    "Rendering": [
      "Support", "Source", "Syntax", "Primitives", "List", "Execution", "Explanation", "Checking",
    ],
    "Guide": ["Support", "Rendering"],
    "Pictures": ["Support", "Primitives", "List", "Explanation", "Rendering"],
    "Session": [
      "Support", "Source", "Syntax", "Primitives", "Data", "List", "Differentiation",
      "Optimization", "Execution",
      "Lowering", "Explanation", "Checking", "Rendering", "Pictures", "Guide",
    ],
    "Library": [
      "Support", "Source", "Syntax", "Primitives", "Data", "List", "Differentiation", "Execution",
      "Lowering", "Explanation", "Rendering", "Pictures",
      "Session",
    ],
  ]

  @Test func `every folder is a layer`() {
    #expect(Set(Self.sources.map(\.layer)) == Set(Self.layers.keys))
  }

  @Test func `the page of the architecture tells of every folder`() {
    let page = Folder.text(Folder.package() + "/docs/architecture.md") ?? ""
    for layer in Self.layers.keys { #expect(page.contains("\n| \(layer) | "), "\(layer)") }
  }

  @Test func `a layer names no type of a layer above it`() {
    var owners: [String: Set<String>] = [:]
    for source in Self.sources {
      for name in source.declared { owners[name, default: []].insert(source.layer) }
    }
    // A type inside another hides those of its name elsewhere.
    for source in Self.sources {
      for name in source.nested where owners[name] != nil {
        owners[name, default: []].insert(source.layer)
      }
    }
    var found: Set<String> = []
    for source in Self.sources {
      let allowed = (Self.layers[source.layer] ?? []).union([source.layer])
      for name in source.named {
        guard let homes = owners[name], homes.isDisjoint(with: allowed) else { continue }
        found.insert("\(source.path) names \(name), which lives in \(homes.sorted()[0])")
      }
    }
    #expect(found.sorted() == [])
  }

  @Test func `no library file opens Foundation`() {
    #expect(Self.sources.filter { $0.text.contains("import Foundation") }.map(\.path) == [])
  }

  @Test(arguments: sources)
  func `a file keeps to its budget`(_ source: Source) {
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 401, "\(source.path) has \(lines.count) lines")
    for (number, line) in lines.enumerated() where line.count > 100 {
      Issue.record("\(source.path):\(number + 1) has \(line.count) columns")
    }
    for (name, line, length) in source.functions where length > 50 {
      Issue.record("\(source.path):\(line): \(name) has \(length) lines")
    }
  }
}

/// A source file, read as words.
struct Source: Sendable, CustomTestStringConvertible {
  let path: String
  let text: String
  /// The text without comments and strings.
  private let code: [Substring]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = Source.withoutTexts(text).split(separator: "\n", omittingEmptySubsequences: false)
  }

  var testDescription: String { path }

  /// The folder that holds it.
  var layer: String { String(path.prefix { $0 != "/" }) }

  /// The types that it declares at the top level.
  var declared: Set<String> { types { $0.first != " " && !$0.contains("private") } }

  /// The types that it declares inside of others, or for itself alone.
  var nested: Set<String> { types { $0.first == " " || $0.contains("private") } }

  private func types(where isMeant: (Substring) -> Bool) -> Set<String> {
    var names: Set<String> = []
    for line in code where isMeant(line) {
      let words = Source.words(line)
      let keywords: Set<String> = ["struct", "class", "enum", "protocol", "typealias", "actor"]
      guard let keyword = words.firstIndex(where: keywords.contains), keyword + 1 < words.count
      else { continue }
      names.insert(words[keyword + 1])
    }
    return names
  }

  /// The words that begin with a capital letter and do not follow a point.
  var named: Set<String> {
    var names: Set<String> = []
    for line in code {
      var word = ""
      var before: Character = " "
      for letter in line + " " {
        if letter.isLetter || letter.isNumber || letter == "_" {
          word.append(letter)
          continue
        }
        if let first = word.first, first.isUppercase, before != "." { names.insert(word) }
        word = ""
        before = letter
      }
    }
    return names
  }

  /// Its functions, with the line and the number of lines of each.
  ///
  /// A function ends at the line that has its closing brace, as far in as its first one.
  var functions: [(name: String, line: Int, length: Int)] {
    var found: [(String, Int, Int)] = []
    for (number, line) in code.enumerated() {
      let words = Source.words(line)
      guard let keyword = words.firstIndex(where: { $0 == "func" || $0 == "init" }) else {
        continue
      }
      let modifiers = words[..<keyword]
      let margin = line.prefix { $0 == " " }
      guard modifiers.allSatisfy(Source.modifiers.contains), !line.hasPrefix(margin + ".")
      else { continue }
      let rest = code[(number + 1)...]
      guard !line.hasSuffix("}"),
        let end = rest.firstIndex(where: { $0 == margin + "}" })
      else { continue }
      let name = words[keyword] == "init" ? "init" : words[keyword + 1]
      found.append((name, number + 1, end - number + 1))
    }
    return found
  }

  private static let modifiers: Set<String> = [
    "public", "private", "fileprivate", "static", "mutating", "consuming", "borrowing", "override",
    "convenience", "required", "nonisolated", "final", "inline", "always", "never",
  ]

  private static func words(_ line: Substring) -> [String] {
    line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
  }

  /// Comments and strings hold no names of types; line breaks stay.
  private static func withoutTexts(_ text: String) -> String {
    var code = ""
    var isLong = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      defer { code += "\n" }
      if line.contains("\"\"\"") {
        isLong.toggle()
        continue
      }
      guard !isLong else { continue }
      var isQuoted = false
      var last: Character = " "
      for letter in line {
        if letter == "\"", last != "\\" { isQuoted.toggle() }
        if !isQuoted, letter == "/", last == "/" {
          code.removeLast()
          break
        }
        if !isQuoted, letter != "\"" { code.append(letter) }
        last = isQuoted && last == "\\" ? " " : letter
      }
    }
    return code
  }
}
