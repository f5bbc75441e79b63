import ArgumentParser
import ExchangeRules
import Foundation
import Glibc
import Presentation
import TLS

/// Where the files of a node are: where its package looks for them, or all in one folder.
struct NodePlaces: ParsableArguments {
  @Option(
    name: .customLong("in"),
    help: "全部放在此目录，不写则按软件包的位置 · One folder for all; where the package looks without it.")
  var folder: String?

  /// For configurations and keys of backups: root's.
  private var settings: String { absoluteFolder ?? "/etc/xiecha" }
  /// For what the node writes.
  private var state: String { absoluteFolder ?? "/var/lib/xiecha" }
  /// A configuration's own paths would start at its folder.
  private var absoluteFolder: String? { folder.map { URL(fileURLWithPath: $0).path } }
  /// Where systemd looks for what a unit names without a folder.
  private static let credentials = "/etc/credstore"
  /// Who runs nodes where the package is installed.
  private static let user = "xiecha"

  /// The authority of the network, at the province.
  var authority: String { "\(settings)/authority" }

  /// What the node alone may read and write.
  func home(of node: DivisionCode) -> String { "\(state)/\(node)" }
  func store(of node: DivisionCode) -> String { "\(home(of: node))/\(node).sqlite" }
  func backups(of node: DivisionCode) -> String { "\(home(of: node))/backups" }
  func password(of node: DivisionCode) -> String { "\(home(of: node))/\(node).password" }
  func configuration(of node: DivisionCode) -> String { "\(settings)/\(node).json" }
  func backupKey(of node: DivisionCode) -> String { "\(settings)/\(node).backup.key" }

  /// The key of the sealed ledger: where systemd hands it to the node from, or beside the configuration.
  func storeKey(of node: DivisionCode) -> String {
    absoluteFolder.map { "\($0)/\(node).store.key" }
      ?? "\(Self.credentials)/xiecha-\(node).store.key"
  }

  /// Where its key, its certificate and its trust are.
  func identity(of node: DivisionCode) -> TLSConfiguration {
    let home = home(of: node)
    return TLSConfiguration(
      certificateChainFile: "\(home)/\(node).pem", privateKeyFile: "\(home)/\(node).key",
      trustRootsFile: "\(home)/authority.pem")
  }

  /// Whether the package's unit runs the node.
  var isPackaged: Bool { folder == nil }

  /// Makes the folders.
  func make(for node: DivisionCode) throws(ProgramFailure) {
    try Folder.make(folder ?? Self.credentials, mode: 0o700)
    guard access(settings, W_OK) == 0, access(state, W_OK) == 0 else {
      throw ProgramFailure(
        .badInput, "in",
        chinese: "无权写入 \(settings) 或 \(state)：请先安装软件包 xiecha-node 并以 root 运行，或用 --in",
        english:
          "\(settings) or \(state) cannot be written: install the package xiecha-node and run "
          + "this as root, or choose a folder with --in")
    }
    try Folder.make(home(of: node), mode: 0o700)
    try Folder.make(backups(of: node), mode: 0o700)
  }

  /// Gives what the node writes to the user that runs it.
  func handOver(_ node: DivisionCode) throws(ProgramFailure) {
    guard isPackaged, getuid() == 0 else { return }
    guard let user = getpwnam(NodePlaces.user)?.pointee else {
      throw ProgramFailure(
        .badInput, chinese: "没有用户 \(NodePlaces.user)：请安装软件包 xiecha-node",
        english: "there is no user \(NodePlaces.user): install the package xiecha-node")
    }
    let home = home(of: node)
    var paths = [home]
    if let folder = opendir(home) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) {
          String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { paths.append("\(home)/\(name)") }
      }
      closedir(folder)
    }
    for path in paths where lchown(path, user.pw_uid, user.pw_gid) != 0 {
      throw ProgramFailure(
        .failure, chinese: "无法把 \(path) 交给用户 \(NodePlaces.user)",
        english: "\(path) cannot be given to the user \(NodePlaces.user)")
    }
  }
}
