internal import Foundation
internal import Glibc

/// A folder of its own for one test, gone with it.
public final class TemporaryFolder: Sendable {
  /// Where it is; no slash at the end.
  public let path: String

  /// Creates a folder that only its owner may enter.
  ///
  /// - Parameter parent: An existing folder; without it, the system's folder for such files.
  /// - Throws: That it could not be created.
  public init(in parent: String? = nil) throws {
    path =
      URL(filePath: parent ?? NSTemporaryDirectory())
      .appending(path: "xiecha-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file with these access rights.
  public func write(_ text: String, to name: String, mode: UInt32 = 0o600) throws {
    try Data(text.utf8).write(to: URL(filePath: file(name)))
    chmod(file(name), mode)
  }

  /// What is in a file.
  public func text(of name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: file(name))), as: UTF8.self)
  }

  /// A file's access rights; nil if there is no such file.
  public func mode(of name: String) -> UInt32? {
    var status = stat()
    return stat(file(name), &status) == 0 ? status.st_mode & 0o777 : nil
  }
}

extension TemporaryFolder {
  /// Writes a file of bytes.
  public func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(filePath: file(name)))
  }

  /// The bytes of a file.
  public func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: file(name))))
  }
}
