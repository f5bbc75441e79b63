import Testing

@Suite("A test expects something: none of them only waits")
struct ExpectationTests {
  /// Functions that expect for the tests that call them.
  static let helpers = ["agree", "checkFields", "checkReading", "decode", "same", "undisturbed"]

  /// What can fail by itself.
  private static let expectations = ["#expect", "#require", "Issue.record(", "confirmation("]

  @Test("Each test expects something, by itself or by a helper that is named here")
  func tests() throws {
    var found = 0
    var used: Set<String> = []
    for file in try Tree.swiftFiles(under: "Tests") {
      for (number, line) in file.lines.enumerated() where line.begins(with: "@Test") {
        let test = Self.function(from: number, in: file.lines)
        let calls = Self.helpers.filter { name in test.contains { $0.contains("\(name)(") } }
        used.formUnion(calls)
        found += 1
        #expect(
          Self.expects(test) || !calls.isEmpty, "\(file):\(number + 1): a test without expectation")
      }
    }
    #expect(found > 500, "the tests are looked for where they are not")
    #expect(used == Set(Self.helpers), "a helper that no test needs")
  }

  @Test("Each helper expects something itself", arguments: helpers)
  func helper(name: String) throws {
    let bodies = try Tree.swiftFiles(under: "Tests").flatMap { file in
      file.lines.indices.filter { file.lines[$0].contains("func \(name)") }
        .map { Self.function(from: $0, in: file.lines) }
    }
    #expect(bodies.contains(where: Self.expects))
  }

  private static func expects(_ lines: ArraySlice<Substring>) -> Bool {
    lines.contains { line in
      !line.begins(with: "//") && expectations.contains { line.contains($0) }
    }
  }

  /// The lines of a function that begins here, or whose attribute does: to the brace that closes it,
  /// which stands as deep as the attribute.
  private static func function(
    from first: Int, in lines: [Substring]
  ) -> ArraySlice<Substring> {
    let indent = lines[first].prefix { $0 == " " }
    let head =
      lines[first...].firstIndex { $0.hasPrefix(indent) && $0.contains("func ") } ?? first
    guard !(lines[head].contains("{") && lines[head].hasSuffix("}")) else {
      return lines[head...head]
    }
    let end = lines[head...].firstIndex { $0 == indent + "}" } ?? head
    return lines[head...end]
  }
}

extension Substring {
  /// Whether the line begins with this text, after its indentation.
  fileprivate func begins(with text: String) -> Bool {
    drop { $0 == " " }.hasPrefix(text)
  }
}
