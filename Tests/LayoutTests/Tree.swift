import Foundation

/// The sources of this package, as the tests of its layout see them.
enum Tree {
  struct File: CustomStringConvertible {
    /// Relative to the package, such as `Sources/Wire/FrameHeader.swift`.
    let path: String
    let lines: [Substring]

    var isGenerated: Bool { path.contains("/Generated/") }
    var name: String { String(path.split(separator: "/").last ?? "") }
    var description: String { path }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files under these folders, in order.
  static func swiftFiles(under folders: String...) throws -> [File] {
    try folders.flatMap { folder in
      let base = root.appending(path: folder)
      let names = try FileManager.default.subpathsOfDirectory(atPath: base.path())
      return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
        let text = try String(contentsOf: base.appending(path: name), encoding: .utf8)
        return File(
          path: "\(folder)/\(name)",
          lines: text.split(separator: "\n", omittingEmptySubsequences: false))
      }
    }
  }
}
