// swift-tools-version: 6.2
// Xiecha (协查): the case-exchange network of province, county and township offices.
// What each target is for: Sources/README.md. A target declares what its files import, no more and no
// less: the build (`--explicit-target-dependency-import-check error`) and Tests/LayoutTests see to it.
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Checked in every debug build and test; in release it costs the protocol 8 % of its time.
  .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioConcurrency = Target.Dependency.product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let configuration = Target.Dependency.product(
  name: "Configuration", package: "swift-configuration")

let package = Package(
  name: "Xiecha",
  products: [
    .executable(name: "xiecha-node", targets: ["XiechaNode"]),
    .executable(name: "xiecha", targets: ["Xiecha"]),
    .executable(name: "xiecha-desk", targets: ["XiechaDesk"]),
    .executable(name: "xiecha-admin", targets: ["XiechaAdmin"]),
    .executable(name: "xiecha-bench", targets: ["xiecha-bench"]),
    .executable(name: "xiecha-sim", targets: ["xiecha-sim"]),
    .executable(name: "xiecha-simulate", targets: ["xiecha-simulate"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .target(name: "ExchangeRules", exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "CExchangeProtos", linkerSettings: [.linkedLibrary("protobuf-c")]),
    .target(
      name: "ExchangeProtos", dependencies: ["CExchangeProtos", "ExchangeRules"],
      exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "Wire", dependencies: [nioCore], exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "COpenSSL", linkerSettings: [.linkedLibrary("ssl"), .linkedLibrary("crypto")]),
    .target(name: "CPostgreSQL", linkerSettings: [.linkedLibrary("pq")]),
    .target(name: "CExpat", linkerSettings: [.linkedLibrary("expat")]),
    .target(name: "CZip", linkerSettings: [.linkedLibrary("zip")]),
    .target(
      name: "Workbook", dependencies: ["CExpat", "CZip", "ExchangeRules"], exclude: ["README.md"],
      swiftSettings: strict),
    .target(name: "CXlsxWriter", linkerSettings: [.linkedLibrary("xlsxwriter")]),
    .target(
      name: "Reports", dependencies: ["CXlsxWriter", "ExchangeRules", "Presentation"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(name: "PrivateFiles", exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "TLS", dependencies: ["COpenSSL", "PrivateFiles", nioCore, nioTLS],
      exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "Credentials", dependencies: ["COpenSSL", "ExchangeRules", "PrivateFiles"],
      exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "RPC",
      dependencies: [
        "ExchangeProtos", "Wire", "TLS", "Credentials", nioCore, nioPosix, nioTLS, nioConcurrency,
        logging,
      ],
      exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "CPageSeal", linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("crypto")]),
    .target(
      name: "Ledger",
      dependencies: [
        "CPageSeal", "CPostgreSQL", "Credentials", "ExchangeRules", "PrivateFiles", grdb,
      ],
      exclude: ["Engines/PostgreSQL/README.md", "README.md"], swiftSettings: strict),
    .target(
      name: "Backups",
      dependencies: ["COpenSSL", "Credentials", "ExchangeRules", "Ledger"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "LedgerPrograms", dependencies: ["Backups", "Ledger", "Presentation"],
      exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "Exchange",
      dependencies: [
        "ExchangeRules", "ReferenceData", "ExchangeProtos", "Wire", "TLS", "Credentials", "Ledger",
        "RPC", logging,
      ],
      exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "ReferenceData", dependencies: ["ExchangeRules"], exclude: ["Origin", "README.md"],
      swiftSettings: strict),
    .target(
      name: "Explain", dependencies: ["ExchangeRules"], exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "Presentation", dependencies: ["ExchangeRules"], exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "Program",
      dependencies: ["Credentials", "ExchangeRules", "Presentation", "TLS", arguments],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Operator",
      dependencies: [
        "CaseFile", "ExchangeProtos", "ExchangeRules", "Presentation", "PrivateFiles",
        "ReferenceData", "Reports", "RPC", "TLS", "Wire", nioCore, nioPosix,
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "CaseFile", dependencies: ["Credentials", "ExchangeRules", "Workbook"],
      exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "XiechaNode",
      dependencies: [
        "Backups", "Credentials", "Exchange", "ExchangeRules", "Ledger", "LedgerPrograms",
        "Presentation", "Program", "ReferenceData", "RPC", "TLS", "Wire", arguments, lifecycle,
        unixSignals, configuration, logging, nioCore, nioHTTP1, nioPosix,
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "Xiecha",
      dependencies: [
        "Credentials", "ExchangeRules", "ReferenceData", "ExchangeProtos", "CaseFile", "Explain",
        "Operator", "Presentation", "Program", "Reports", "RPC", "Wire", arguments,
      ],
      exclude: ["README.md"],
      swiftSettings: strict),
    .executableTarget(
      name: "XiechaDesk",
      dependencies: [
        "CaseFile", "Credentials", "ExchangeProtos", "ExchangeRules", "Operator", "Presentation",
        "Program", "RPC", "ReferenceData", "Reports", "TLS", "Wire", arguments, httpTypes,
        hummingbird, hummingbirdCore, lifecycle, logging, nioCore, unixSignals,
      ],
      exclude: ["README.md"], resources: [.copy("Manual")], swiftSettings: strict),
    .executableTarget(
      name: "XiechaAdmin",
      dependencies: [
        "Backups", "Credentials", "Exchange", "ExchangeRules", "Ledger", "LedgerPrograms",
        "Presentation", "PrivateFiles", "Program", "ReferenceData", "RPC", "TLS", "Wire", arguments,
        nioCore, nioPosix,
      ],
      path: "Tools/XiechaAdmin", exclude: ["BURNT-DOWN.md", "README.md"], swiftSettings: strict),
    .executableTarget(
      name: "xiecha-bench",
      dependencies: [
        "Backups", "Credentials", "Exchange", "ExchangeProtos", "ExchangeRules", "Explain",
        "Ledger", "ReferenceData", "RPC", "TLS", "Wire", arguments, logging, nioCore, nioPosix,
        nioTLS, "TestNodes", "TestSupport", "TestTLS",
      ],
      path: "Tools/xiecha-bench", swiftSettings: strict),
    .executableTarget(
      name: "xiecha-simulate",
      dependencies: [
        "Credentials", "Exchange", "ExchangeProtos", "ExchangeRules", "Ledger", "LedgerPrograms",
        "Presentation", "Program", "ReferenceData", "TLS", arguments, "TestSupport",
      ],
      path: "Tools/xiecha-simulate", swiftSettings: strict),
    .target(
      name: "CSimulatedMachine", path: "Tools/xiecha-sim/Machine",
      linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("crypto")]),
    .executableTarget(
      name: "xiecha-sim",
      dependencies: [
        "CSimulatedMachine", "Credentials", "Exchange", "ExchangeProtos", "ExchangeRules",
        "Ledger", "ReferenceData", "RPC", "TLS", "Wire", arguments, logging, nioCore,
        nioEmbedded, "TestSupport", "TestTLS",
      ],
      path: "Tools/xiecha-sim", exclude: ["Machine", "README.md"], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["CZip", "ExchangeRules"], path: "Tests/Support",
      exclude: ["Node", "TLS"], swiftSettings: strict),
    .target(
      name: "TestTLS", dependencies: ["TLS"], path: "Tests/Support/TLS", swiftSettings: strict),
    .target(
      name: "TestNodes",
      dependencies: [
        "Credentials", "Exchange", "ExchangeRules", "Ledger", "ReferenceData", "RPC",
        "TLS", "TestSupport", "TestTLS", "Wire", logging, nioCore, nioPosix,
      ],
      path: "Tests/Support/Node", swiftSettings: strict),
    .testTarget(
      name: "ExchangeRulesTests",
      dependencies: ["ExchangeRules", "Explain", "ReferenceData", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ExchangeProtosTests",
      dependencies: ["ExchangeProtos", "ExchangeRules", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "WireTests", dependencies: ["Wire", nioCore, "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TLSTests",
      dependencies: [
        "COpenSSL", "PrivateFiles", "TLS", nioCore, nioEmbedded, nioPosix, "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CredentialsTests", dependencies: ["Credentials", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "RPCTests",
      dependencies: [
        "RPC", "ExchangeProtos", "Wire", "TLS", "Credentials", nioCore, nioPosix, nioConcurrency,
        logging, "TestSupport", "TestTLS",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "LedgerTests",
      dependencies: ["Ledger", "ExchangeRules", "Credentials", grdb, "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BackupsTests",
      dependencies: ["Backups", "Credentials", "Ledger", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ExchangeTests",
      dependencies: [
        "Backups", "Exchange", "ExchangeRules", "ReferenceData", "ExchangeProtos", "Credentials",
        "Ledger", "RPC", "TLS", "Wire", logging, nioCore, nioConcurrency, nioPosix, "TestNodes",
        "TestSupport", "TestTLS", "xiecha-simulate",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "SimulatorTests", dependencies: ["TestSupport", "xiecha-sim"], swiftSettings: strict),
    .testTarget(
      name: "WorkbookTests", dependencies: ["TestSupport", "Workbook"], swiftSettings: strict),
    .testTarget(
      name: "CaseFileTests",
      dependencies: ["CaseFile", "ExchangeRules", "ReferenceData", "TestSupport"],
      exclude: ["Workbooks"], swiftSettings: strict),
    .testTarget(
      name: "PresentationTests", dependencies: ["Presentation", "ExchangeRules"],
      swiftSettings: strict),
    .testTarget(
      name: "XiechaTests",
      dependencies: [
        "Xiecha", "Exchange", "Ledger", "RPC", nioCore, nioPosix, "TestNodes", "TestSupport",
        "TestTLS",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DeskTests",
      dependencies: [
        "Credentials", "Exchange", "ExchangeProtos", "ExchangeRules", "Operator", "Presentation",
        "Reports", "RPC", "TLS", "XiechaDesk", logging, nioCore, nioEmbedded, nioPosix, "TestNodes",
        "TestSupport", "TestTLS",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "CExpat", "CZip", "ExchangeRules", "Presentation", "Reports", "TestSupport", "Workbook",
      ], swiftSettings: strict),
    .testTarget(name: "LayoutTests", swiftSettings: strict),
    .target(
      name: "FuzzTargets", path: "Tools/fuzz/Targets",
      exclude: ["Exchange", "Ledger", "RPC", "Wire"], swiftSettings: strict),
    .target(
      name: "FuzzWire", dependencies: ["FuzzTargets", "Wire", nioCore],
      path: "Tools/fuzz/Targets/Wire", swiftSettings: strict),
    .target(
      name: "FuzzRPC",
      dependencies: [
        "Credentials", "ExchangeProtos", "FuzzTargets", "TLS", nioCore, nioEmbedded, nioTLS,
        "TestSupport", "TestTLS",
      ],
      path: "Tools/fuzz/Targets/RPC", swiftSettings: strict),
    .target(
      name: "FuzzLedger",
      dependencies: [
        "CaseFile", "ExchangeRules", "Explain", "FuzzTargets", "Ledger", "ReferenceData",
      ],
      path: "Tools/fuzz/Targets/Ledger", swiftSettings: strict),
    .target(
      name: "FuzzExchange", dependencies: ["Exchange", "ExchangeProtos", "FuzzTargets", "Ledger"],
      path: "Tools/fuzz/Targets/Exchange", swiftSettings: strict),
    .testTarget(
      name: "FuzzRegressionTests",
      dependencies: ["FuzzExchange", "FuzzLedger", "FuzzRPC", "FuzzTargets", "FuzzWire"],
      swiftSettings: strict),
    .testTarget(
      name: "ProgramTests",
      dependencies: [
        "XiechaNode", "Xiecha", "XiechaAdmin", "xiecha-simulate", "Credentials", "ExchangeRules",
        "Ledger", "Program", "TLS", grdb, logging, "TestSupport",
      ],
      swiftSettings: strict),
  ]
)

// An instrumented build holds libFuzzer's program with the targets of the modules that `XIECHA_FUZZ`
// names, and the tests of these modules: no more is built than one turn of `Tools/test` runs.
if let modules = Context.environment["XIECHA_FUZZ"]?.split(separator: " ").map(String.init) {
  package.targets.removeAll { target in
    target.type == .test && !modules.contains { target.name == "\($0)Tests" }
  }
  // Not the tests, and not the tables: what they do with an input tells a fuzzer nothing.
  for target in package.targets where target.type != .test && target.name != "ReferenceData" {
    target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer"]))
  }
  // The slowest parser: optimised, it takes ten times the inputs. Bounds and overflow stay checked.
  for target in package.targets where target.name == "CaseFile" {
    target.swiftSettings?.append(.unsafeFlags(["-O"]))
  }
  package.targets.append(
    .executableTarget(
      name: "xiecha-fuzz",
      dependencies: ["FuzzTargets"] + modules.map { .byName(name: "Fuzz\($0)") },
      path: "Tools/fuzz/Driver",
      swiftSettings: strict + modules.map { .define("FUZZ_\($0.uppercased())") },
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]))
}
