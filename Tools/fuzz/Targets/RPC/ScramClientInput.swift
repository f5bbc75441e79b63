import Credentials
import FuzzTargets

/// A node's two messages, a line break between them.
///
/// `$` in the first stands for the client's nonce, which no input could guess.
enum ScramClientInput {
  private static let channel = [UInt8](repeating: 0, count: 32)
  /// Derived once: a derivation an input would hide everything else.
  private static let cached: SaltedPassword? = {
    var client = try? ScramClient(
      name: "zhang", password: "correct horse", channelBinding: channel)
    let nonce = ownNonce(in: client?.clientFirst() ?? [])
    let challenge =
      Array("r=".utf8) + nonce + Array("0123456789abcdef,s=AAECAwQFBgcICQoLDA0ODw==,i=4096".utf8)
    _ = try? client?.clientFinal(serverFirst: challenge)
    return client?.saltedPassword
  }()

  /// What stands behind the last `r=` of a client's first message.
  private static func ownNonce(in first: [UInt8]) -> [UInt8] {
    let bare = first.split(separator: UInt8(ascii: ",")).last ?? []
    return Array(bare.dropFirst(2))
  }

  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    guard let cached else { throw BrokenProperty("a right challenge is answered") }
    let lines = input.split(
      separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    guard
      var client = try? ScramClient(
        name: "zhang", password: nil, channelBinding: channel, cached: cached)
    else { throw BrokenProperty("a right name is taken") }
    let own = ownNonce(in: client.clientFirst())
    let first = (lines.first ?? []).flatMap { byte in
      byte == UInt8(ascii: "$") ? own : [byte]
    }
    _ = try? client.clientFinal(serverFirst: first)
    let final = Array(lines.count > 1 ? lines[1] : [])
    let believes = (try? client.finish(serverFinal: final)) != nil
    try BrokenProperty.unless(
      !believes && !client.isAuthenticated, "nobody is the node without its key")
  }
}
