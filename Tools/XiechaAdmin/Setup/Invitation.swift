import ExchangeRules
import Foundation
import Presentation
import PrivateFiles
import TLS

/// What the node above gives an office so that its node can join: a file that travels once.
///
/// It holds a password, and a key where the office has made none, and so is read by its owner alone. What travelled is worth nothing
/// soon: `setup` has the password replaced over the link that it opens (S8.1).
struct Invitation: Codable {
  /// Of the file's form.
  var version = 1
  /// Who is invited.
  var division: String
  /// The node above, and where it listens; several addresses with commas between.
  var above: String
  var endpoint: String
  /// PEM; the key is empty where the office has made it itself.
  var certificate: String
  var key: String
  var trust: String
  var revoked: String
  /// Of the account at the node above.
  var password: String

  /// The longest file that is taken, in bytes: trust roots and lists of a network in change.
  private static let longestBytes = 1 << 20

  /// Reads the invitation of a division.
  static func read(_ file: String, for division: DivisionCode) throws -> Invitation {
    do throws(PrivateFileFailure) {
      try PrivateFile.checkOwnerOnly(file)
    } catch {
      throw ProgramFailure(.credentials, chinese: "邀请文件：\(error)", english: "\(error)")
    }
    guard let data = FileManager.default.contents(atPath: file), data.count <= longestBytes else {
      throw ProgramFailure(
        .badInput, "invitation", chinese: "邀请文件 \(file) 无法读取",
        english: "--invitation: \(file) cannot be read")
    }
    guard let invitation = try? JSONDecoder().decode(Invitation.self, from: data),
      invitation.version == 1
    else {
      throw ProgramFailure(
        .badInput, "invitation", chinese: "\(file) 不是邀请文件，或版本较新：请上级用 xiecha-admin invite 重新生成",
        english:
          "--invitation: \(file) is none, or of a newer version: have the node above make one "
          + "with xiecha-admin invite")
    }
    guard invitation.division == "\(division)" else {
      throw ProgramFailure(
        .badInput, "invitation", chinese: "邀请是给 \(invitation.division) 的，不是 \(division)",
        english: "--invitation: it is for \(invitation.division), not for \(division)")
    }
    return invitation
  }

  /// Writes it, for its owner alone.
  func write(to file: String) throws {
    let bytes = Array(try JSONOutput.text(of: self, pretty: true).utf8)
    try Invitation.write(bytes + [UInt8(ascii: "\n")], to: file, overwrite: false)
  }

  /// Lays the files out where a node finds them.
  func unpack(into places: NodePlaces, for division: DivisionCode) throws {
    let home = places.home(of: division)
    let hasKey = !key.isEmpty
    guard
      hasKey || FileManager.default.fileExists(atPath: "\(home)/\(division).key.next")
        || FileManager.default.fileExists(atPath: "\(home)/\(division).key")
    else {
      throw ProgramFailure(
        .badInput, "invitation", chinese: "邀请依据申请而作，但 \(home) 中没有该申请的私钥",
        english:
          "--invitation: it answers a request, and its key is not in \(home): run this where "
          + "setup request was run")
    }
    let own = hasKey ? "" : ".next"
    for (name, text) in [
      ("\(division).key", key), ("\(division).pem\(own)", certificate), ("authority.pem", trust),
      ("revoked.pem", revoked),
    ] where !text.isEmpty {
      try Invitation.write(Array(text.utf8), to: "\(home)/\(name)", overwrite: true)
    }
    try KeyFiles(places.identity(of: division)).adopt()
    try Invitation.write(
      Array("\(password)\n".utf8), to: places.password(of: division), overwrite: true)
  }

  private static func write(
    _ bytes: [UInt8], to file: String, overwrite: Bool
  ) throws(ProgramFailure) {
    do throws(PrivateFileFailure) {
      try PrivateFile.write(bytes, to: file, overwrite: overwrite)
    } catch {
      throw ProgramFailure(.refused, chinese: "无法写入：\(error)", english: "\(error)")
    }
  }
}
