import Credentials
import FuzzTargets

/// A client's two messages, a line break between them.
///
/// `$` in the second stands for the nonce that the server gave, which no input could guess.
enum ScramServerInput {
  private static let channel = [UInt8](repeating: 0, count: 32)
  private static let verifier = ScramVerifier(password: "correct horse", iterations: 4096)

  static func run(_ input: [UInt8]) throws(BrokenProperty) {
    let lines = input.split(
      separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    var server = ScramServer(channelBinding: channel, decoySecret: [1, 2, 3])
    guard let name = try? server.clientFirst(Array(lines.first ?? [])) else {
      return try BrokenProperty.unless(
        server.serverFirst(verifier: verifier).isEmpty, "no challenge after a refusal")
    }
    let exists = name.utf8.count % 2 == 0
    let challenge = server.serverFirst(
      verifier: exists ? verifier : nil, decoyIterations: 4096)
    let nonce = challenge.dropFirst(2).prefix { $0 != UInt8(ascii: ",") }
    let final = (lines.count > 1 ? lines[1] : []).flatMap { byte in
      byte == UInt8(ascii: "$") ? Array(nonce) : [byte]
    }
    let answer = try? server.clientFinal(final)
    try BrokenProperty.unless(
      answer == nil && !server.isAuthenticated, "nobody signs in without the password")
    try BrokenProperty.unless(
      (try? server.clientFinal(final)) == nil, "after a failure every step fails")
  }
}
