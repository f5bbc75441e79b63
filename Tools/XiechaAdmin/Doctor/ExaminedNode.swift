import ExchangeRules
import Foundation
import Ledger
import Presentation
import TLS

/// A node by its configuration, as far as a doctor needs it; whether each key is right `xiecha-node
/// --check` says.
struct ExaminedNode: Sendable {
  private struct File: Decodable {
    struct Node: Decodable { var division: String }
    struct Certificates: Decodable {
      var certificate: String
      var key: String
      var trust: String
      var revoked: String?
    }
    struct Uplink: Decodable {
      var endpoint: String
      var passwordFile: String
    }
    struct Backup: Decodable {
      var folder: String
      var keyFile: String
    }
    var node: Node
    var listen: String
    var store: String
    var tls: Certificates
    var uplinks: [String: Uplink]?
    var backup: Backup?
  }

  /// A node above, or a peer.
  struct Neighbour: Sendable {
    let division: String
    let endpoints: [String]
    let passwordFile: String
  }

  let division: DivisionCode
  let listen: String
  let store: String
  /// Where its ledger is a file.
  var storeFile: String? { Ledger.isOnServer(store) ? nil : store }
  let tls: TLSConfiguration
  let neighbours: [Neighbour]
  let backup: (folder: String, keyFile: String)?

  /// Reads a configuration.
  init(file path: String) throws(ProgramFailure) {
    guard let data = FileManager.default.contents(atPath: path),
      let file = try? JSONDecoder().decode(File.self, from: data),
      let division = DivisionCode(file.node.division)
    else {
      throw ProgramFailure(
        .badInput, chinese: "配置文件 \(path) 无法使用：请用 xiecha-node --check --config \(path) 查明",
        english:
          "the configuration \(path) cannot be used: xiecha-node --check --config \(path) says why")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    func absolute(_ file: String) -> String { file.hasPrefix("/") ? file : folder + file }
    self.division = division
    listen = file.listen
    store = Ledger.isOnServer(file.store) ? file.store : absolute(file.store)
    tls = TLSConfiguration(
      certificateChainFile: absolute(file.tls.certificate), privateKeyFile: absolute(file.tls.key),
      trustRootsFile: absolute(file.tls.trust),
      revocationListFile: file.tls.revoked.map(absolute))
    neighbours = (file.uplinks ?? [:]).sorted { $0.key < $1.key }.map { code, uplink in
      Neighbour(
        division: code,
        endpoints: uplink.endpoint.split(separator: ",").map { String($0.trimmingBlanks) },
        passwordFile: absolute(uplink.passwordFile))
    }
    backup = file.backup.map { (absolute($0.folder), absolute($0.keyFile)) }
  }
}
