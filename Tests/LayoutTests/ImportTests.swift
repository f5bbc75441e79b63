import Testing

@Suite("Imports point one way, down the table of Sources/README.md")
struct ImportTests {
  private static let nio: Set = ["NIOCore", "NIOPosix", "NIOTLS", "NIOConcurrencyHelpers"]
  private static let standard: Set = ["Synchronization"]

  /// What each module may import.
  ///
  /// A module that is not here does not exist.
  static let table: [String: Set<String>] = [
    "ExchangeRules": [],
    "ReferenceData": ["ExchangeRules"],
    "Explain": ["ExchangeRules"],
    "Presentation": ["ExchangeRules", "Foundation", "Glibc"],
    "Program": [
      "Presentation", "ExchangeRules", "Credentials", "TLS", "ArgumentParser", "Foundation",
    ],
    "Operator": nio.union([
      "ExchangeRules", "ReferenceData", "ExchangeProtos", "CaseFile", "Presentation",
      "PrivateFiles", "TLS", "Wire",
      "RPC", "Foundation", "Glibc",
    ]),
    "CaseFile": ["Credentials", "ExchangeRules", "ReferenceData", "Glibc"],
    "ExchangeProtos": ["CExchangeProtos", "ExchangeRules"],
    "Wire": ["NIOCore"],
    "PrivateFiles": ["Glibc"],
    "TLS": ["COpenSSL", "PrivateFiles", "NIOCore", "NIOTLS", "Glibc"],
    "Credentials": ["COpenSSL", "PrivateFiles", "Glibc"],
    "RPC": nio.union(["ExchangeProtos", "Wire", "TLS", "Credentials", "Logging", "Metrics"]),
    "Ledger": [
      "ExchangeRules", "Credentials", "GRDB", "GRDBSQLite", "Glibc", "Dispatch", "Foundation",
    ],
    "Exchange": [
      "ExchangeRules", "ReferenceData", "ExchangeProtos", "Credentials", "Ledger", "RPC", "TLS",
      "Wire", "Logging",
    ],
  ]

  @Test("Each module imports only what the table lists", arguments: table.keys.sorted())
  func imports(module: String) throws {
    let allowed = Self.table[module, default: []].union(Self.standard)
    for file in try Tree.swiftFiles(under: "Sources/\(module)") {
      for line in file.lines {
        guard let imported = Self.imported(line) else { continue }
        #expect(allowed.contains(imported), "\(file) imports \(imported)")
      }
    }
  }

  @Test("The table names every module")
  func complete() throws {
    let modules = try Tree.swiftFiles(under: "Sources").compactMap {
      $0.path.split(separator: "/").dropFirst().first.map(String.init)
    }
    let executables: Set = ["Xiecha", "XiechaNode"]
    #expect(Set(modules).subtracting(executables) == Set(Self.table.keys))
  }

  @Test("Only Ledger speaks SQL, only ExchangeProtos touches protobuf-c")
  func owners() throws {
    for file in try Tree.swiftFiles(under: "Sources") where !file.path.contains("/Ledger/") {
      for line in file.lines {
        #expect(
          !line.contains("SELECT ") && !line.contains("INSERT INTO"), "\(file): SQL outside Ledger")
      }
    }
  }

  private static func imported(_ line: Substring) -> String? {
    let words = line.split(separator: " ")
    guard let place = words.firstIndex(of: "import"), place < 3, place + 1 < words.count,
      words[..<place].allSatisfy({ ["public", "internal", "@testable", "package"].contains($0) })
    else { return nil }
    return String(words[place + 1].split(separator: ".").first ?? "")
  }
}
