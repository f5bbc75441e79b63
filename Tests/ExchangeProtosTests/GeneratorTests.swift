import Foundation
import TestSupport
import Testing

@Suite struct `Tools/generate-protos keeps the committed output current` {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func `the committed output is what Protos says`() async throws {
    let run = try await Self.check(Self.root)
    #expect(run.exit == 0, "\(run.error)")
  }

  @Test func `a changed, a missing and a foreign file are named`() async throws {
    try await Self.withCopy { copy in
      let item = copy.appending(path: "Sources/ExchangeProtos/Generated/Item")
      let address = item.appending(path: "Address.swift")
      let text = try String(contentsOf: address, encoding: .utf8)
      try Data((text + "\n").utf8).write(to: address)
      try FileManager.default.removeItem(at: item.appending(path: "Answer.swift"))
      try Data().write(to: copy.appending(path: "Sources/CExchangeProtos/other.pb-c.c"))
      let run = try await Self.check(copy)
      #expect(run.exit == 1)
      #expect(run.error.contains("Generated/Item/Address.swift is not what Protos/ says now"))
      #expect(run.error.contains("Generated/Item/Answer.swift is missing"))
      #expect(run.error.contains("CExchangeProtos/other.pb-c.c comes from no .proto file"))
      #expect(run.error.contains("run Tools/generate-protos"))
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
  func `what the generator cannot do is said`(declaration: String, complaint: String) async throws {
    try await Self.withCopy { copy in
      let text = "syntax = \"proto3\";\npackage other.v1;\n\(declaration)\n"
      try Data(text.utf8).write(to: copy.appending(path: "Protos/other.proto"))
      let run = try await Self.check(copy)
      #expect(run.exit == 1)
      #expect(run.error.contains(complaint), "\(run.error)")
    }
  }

  private static func withCopy(_ body: (URL) async throws -> Void) async throws {
    let files = FileManager.default
    let folder = try TemporaryFolder()
    let copy = URL(filePath: folder.path)
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
    try await body(copy)
  }

  private static func check(_ root: URL) async throws -> ProgramRun {
    try await ProgramRun(root.appending(path: "Tools/generate-protos").path, ["--check"])
  }
}
