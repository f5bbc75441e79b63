internal import Glibc
internal import PrivateFiles

/// A file that holds one password in its first line, and that nobody but its owner can read.
public enum PasswordFile {
  /// Why a password file is not taken, or could not be written.
  public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence with the file, what is wrong with it and the remedy; never the password.
    public let text: String

    /// The sentence.
    public var description: String { text }
  }

  /// The longest file read, in bytes: no password is as long.
  private static let longestBytes = 1024

  /// The password: the first line, without its end and without the byte order mark that some editors
  /// write in front of a file.
  public static func read(_ path: String) throws(Failure) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot read the password file \(path)") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw failure("cannot read the password file \(path)")
    }
    guard status.st_mode & 0o077 == 0 else {
      throw Failure(text: "others may read the password file \(path): chmod 600 \(path)")
    }
    var bytes = [UInt8](repeating: 0, count: longestBytes)
    defer { bytes.cleanse() }
    var length = 0
    while length < longestBytes {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: length), $0.count - length)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("cannot read the password file \(path)") }
      if count == 0 { break }
      length += count
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = bytes[..<length].starts(with: mark) ? bytes[mark.count..<length] : bytes[..<length]
    let line = text.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    guard let password = String(validating: line, as: UTF8.self), !password.isEmpty,
      length < longestBytes || line.count < text.count
    else {
      throw Failure(
        text: "the password file \(path) holds no password: one line of UTF-8 is needed")
    }
    return password
  }

  /// Writes a new file, mode 0600; one that is there already stays.
  public static func write(_ password: String, to path: String) throws(Failure) {
    var line = Array((password + "\n").utf8)
    defer { line.cleanse() }
    do throws(PrivateFileFailure) {
      try PrivateFile.write(line, to: path, overwrite: false)
    } catch {
      throw Failure(text: "cannot write the password file \(error)")
    }
  }

  /// Puts a password file in the place of another, in one step.
  public static func move(_ path: String, over other: String) throws(Failure) {
    do throws(PrivateFileFailure) {
      try PrivateFile.move(path, over: other)
    } catch {
      throw Failure(text: "cannot put the password file in its place: \(error)")
    }
  }

  /// Removes a password file; one that is not there is removed already.
  public static func remove(_ path: String) throws(Failure) {
    do throws(PrivateFileFailure) {
      try PrivateFile.remove(path)
    } catch {
      throw Failure(text: "cannot remove the password file \(error)")
    }
  }

  private static func failure(_ what: String) -> Failure {
    Failure(text: "\(what): \(String(cString: strerror(errno)))")
  }
}
