import Foundation
import Testing

@Suite("The tree reads as its design asks")
struct StyleTests {
  static let longestFileLines = 600
  static let longestFunctionLines = 70

  @Test("No file over 600 lines, and no name that says nothing")
  func files() throws {
    let empty = ["Utils", "Util", "Helpers", "Helper", "Common", "Misc", "New"]
    for file in try Tree.swiftFiles(under: "Sources", "Tests", "Tools") where !file.isGenerated {
      #expect(file.lines.count <= Self.longestFileLines, "\(file): \(file.lines.count) lines")
      let words = file.name.split(whereSeparator: { !$0.isLetter })
      #expect(!words.contains { empty.contains(String($0)) }, "\(file): an empty name")
    }
  }

  @Test("No function over 70 lines")
  func functions() throws {
    for file in try Tree.swiftFiles(under: "Sources", "Tests", "Tools") where !file.isGenerated {
      var start: (line: Int, indent: Int)?
      for (number, line) in file.lines.enumerated() {
        let indent = line.prefix { $0 == " " }.count
        if let begun = start {
          guard indent == begun.indent, line.dropFirst(indent).hasPrefix("}") else { continue }
          let length = number - begun.line + 1
          #expect(
            length <= Self.longestFunctionLines,
            "\(file):\(begun.line + 1): a function of \(length) lines")
          start = nil
        } else if Self.beginsFunction(line.dropFirst(indent)) {
          start = (number, indent)
        }
      }
    }
  }

  @Test("Nothing is left open")
  func leftovers() throws {
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "not " + "implemented"]
    for file in try Tree.swiftFiles(under: "Sources", "Tests", "Tools") {
      for line in file.lines {
        let isOpen = marks.contains { line.contains($0) }
        #expect(!isOpen, "\(file): \(line)")
      }
    }
  }

  @Test("Every top folder says what is in it")
  func readmes() {
    for folder in ["Sources", "Tests", "Protos", "Certificates", "Tools"] {
      let readme = Tree.root.appending(path: "\(folder)/README.md")
      #expect(FileManager.default.fileExists(atPath: readme.path()), "\(folder) has no README.md")
    }
  }

  /// A declaration with a body that ends on a later line.
  private static func beginsFunction(_ line: Substring) -> Bool {
    let words = line.split(separator: " ")
    let isFunction =
      words.contains("func") || words.contains { $0.hasPrefix("init(") || $0.hasPrefix("init?(") }
    let isComment = line.hasPrefix("//") || line.hasPrefix("*") || line.hasPrefix("/*")
    return isFunction && !isComment && !line.hasSuffix("}") && !line.contains(".init(")
      && words.first.map { !["let", "var", "return", "self"].contains($0) } == true
  }
}
