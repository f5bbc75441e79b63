import Foundation

/// The targets of Package.swift, as the package manager itself reads them.
struct Manifest: Decodable {
  struct Target: Decodable {
    let name: String
    /// `regular`, `executable`, `test`.
    let type: String
    let path: String?
    /// Files and folders that lie in its folder and are not its own.
    let exclude: [String]
    let dependencies: [Dependency]

    var isTest: Bool { type == "test" }
    /// Relative to the package, without a slash at the end.
    var folder: String { path ?? "\(isTest ? "Tests" : "Sources")/\(name)" }
  }

  /// What a target is built on: a target of this package, or a product of another.
  struct Dependency: Decodable {
    let name: String
    let isOfThisPackage: Bool

    private enum CodingKeys: String, CodingKey {
      case byName
      case product
    }

    init(from decoder: any Decoder) throws {
      let kinds = try decoder.container(keyedBy: CodingKeys.self)
      let kind: CodingKeys = kinds.contains(.product) ? .product : .byName
      var fields = try kinds.nestedUnkeyedContainer(forKey: kind)
      name = try fields.decode(String.self)
      isOfThisPackage = kind != .product
    }
  }

  let targets: [Target]

  /// Read once a run.
  static func read() throws -> Manifest { try loaded.get() }

  private static let loaded = Result { try load() }

  private static func load() throws -> Manifest {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "xiecha-manifest")
    let program = Process()
    program.executableURL = URL(filePath: "/usr/bin/env")
    // A scratch path of its own: the usual one is locked while the tests run.
    program.arguments = [
      "swift", "package", "--package-path", Tree.root.path(), "--scratch-path", scratch.path(),
      "dump-package",
    ]
    let output = Pipe()
    program.standardOutput = output
    try program.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    program.waitUntilExit()
    return try JSONDecoder().decode(Manifest.self, from: text)
  }
}
