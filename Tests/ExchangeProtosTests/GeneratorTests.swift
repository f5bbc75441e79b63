import Foundation
import Testing

@Suite struct `Tools/generate-protos keeps the committed output current` {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func `the committed output is what Protos says`() throws {
    let run = try Self.check(Self.root)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func `a changed, a missing and a foreign file are named`() throws {
    try Self.withCopy { copy in
      let item = copy.appending(path: "Sources/ExchangeProtos/Generated/Item")
      let address = item.appending(path: "Address.swift")
      let text = try String(contentsOf: address, encoding: .utf8)
      try Data((text + "\n").utf8).write(to: address)
      try FileManager.default.removeItem(at: item.appending(path: "Answer.swift"))
      try Data().write(to: copy.appending(path: "Sources/CExchangeProtos/other.pb-c.c"))
      let run = try Self.check(copy)
      #expect(run.status == 1)
      #expect(run.errors.contains("Generated/Item/Address.swift is not what Protos/ says now"))
      #expect(run.errors.contains("Generated/Item/Answer.swift is missing"))
      #expect(run.errors.contains("CExchangeProtos/other.pb-c.c comes from no .proto file"))
      #expect(run.errors.contains("run Tools/generate-protos"))
    }
  }

  @Test(arguments: [
    ("message A { A a = 1; }", "may not contain itself"),
    ("message A { string default = 1; }", "is a keyword"),
    ("message A { string b = 1;  // @requried\n}", "unknown directive"),
    ("message A { bool b = 1;  // @required\n}", "does not fit its type"),
    ("message A { double b = 1; }", "not supported"),
    ("message A { message B {} B b = 1; }", "nested types"),
    ("message A {} service S { rpc C(stream A) returns (A); }", "only the requests are a stream"),
    ("enum E { NONE = 0; }", "must start with E_"),
    ("message Item {}", "is declared twice"),
    ("message A { string b = 1 }", "protoc refuses"),
  ])
  func `what the generator cannot do is said`(declaration: String, complaint: String) throws {
    try Self.withCopy { copy in
      let text = "syntax = \"proto3\";\npackage other.v1;\n\(declaration)\n"
      try Data(text.utf8).write(to: copy.appending(path: "Protos/other.proto"))
      let run = try Self.check(copy)
      #expect(run.status == 1)
      #expect(run.errors.contains(complaint), "\(run.errors)")
    }
  }

  private static func withCopy(_ body: (URL) throws -> Void) throws {
    let files = FileManager.default
    let copy = files.temporaryDirectory.appending(path: "generate-protos-\(UUID().uuidString)")
    defer { try? files.removeItem(at: copy) }
    let needed = [
      ".swift-format", "Protos", "Tools/generate-protos", "Tools/proto_generator",
      "Sources/CExchangeProtos", "Sources/ExchangeProtos/Generated",
      "Tests/ExchangeProtosTests/Canonical",
    ]
    for path in needed {
      let target = copy.appending(path: path)
      try files.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try files.copyItem(at: root.appending(path: path), to: target)
    }
    try body(copy)
  }

  private static func check(_ root: URL) throws -> (status: Int32, errors: String) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = root.appending(path: "Tools/generate-protos")
    process.arguments = ["--check"]
    process.standardError = errors
    try process.run()
    let text = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
