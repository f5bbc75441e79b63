import Foundation
import FuzzExchange
import FuzzLedger
import FuzzRPC
import FuzzTargets
import FuzzWire
import Testing

@Suite("Every input that a fuzzer has kept still holds")
struct CorpusTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Tools/fuzz/corpus")

  static let targets =
    WireTargets.all + RPCTargets.all + LedgerTargets.all + ExchangeTargets.all

  private static func files(of target: FuzzTarget) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: folder.appending(path: target.name), includingPropertiesForKeys: nil
    ).sorted { $0.path() < $1.path() }
  }

  @Test("The corpus of a target, file by file", arguments: Self.targets)
  func replay(target: FuzzTarget) throws {
    let files = try Self.files(of: target)
    try #require(!files.isEmpty, "\(target.name) has no corpus")
    for file in files {
      let input = Array(try Data(contentsOf: file))
      #expect(throws: Never.self, "\(target.name)/\(file.lastPathComponent)") {
        try target.run(input)
      }
    }
  }

  @Test("Inputs cut short and inputs with a byte changed hold too", arguments: Self.targets)
  func nearby(target: FuzzTarget) throws {
    for file in try Self.files(of: target) {
      let input = Array(try Data(contentsOf: file).prefix(4096))
      for place in stride(from: 0, to: input.count, by: max(1, input.count / 8)) {
        #expect(throws: Never.self, "\(file.lastPathComponent) cut at \(place)") {
          try target.run(Array(input[..<place]))
        }
        var changed = input
        changed[place] ^= 0x81
        #expect(throws: Never.self, "\(file.lastPathComponent) changed at \(place)") {
          try target.run(changed)
        }
      }
    }
  }

  @Test("A corpus stays small enough to replay on each run", arguments: Self.targets)
  func size(target: FuzzTarget) throws {
    let kept = try Self.files(of: target).filter { !$0.lastPathComponent.hasPrefix("found-") }
    #expect(kept.count <= 30, "\(target.name): \(kept.count) files; Tools/fuzz/run --minimise")
  }

  @Test("Each folder of the corpus belongs to a target")
  func folders() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
    #expect(Set(names) == Set(Self.targets.map(\.name)))
  }
}
