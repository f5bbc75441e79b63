import Foundation

/// The CSV files from which the built-in texts are made.
enum Origin {
  /// The top of the package.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func file(_ name: String) -> URL {
    root.appending(path: "Sources/ReferenceData/Origin/\(name)")
  }
}
