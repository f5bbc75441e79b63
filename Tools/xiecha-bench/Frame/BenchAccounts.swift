import Credentials
import RPC
import TLS
import Wire

/// One account: a county's node, with its certificate.
struct BenchAccounts: Authenticator {
  static let password = "a password of the benchmark"
  private static let verifier = ScramVerifier(password: password, iterations: 4096)

  func credential(of name: String, peer: SignInPeer) async -> SignInCredential? {
    peer.certificate == nil ? nil : SignInCredential(current: BenchAccounts.verifier)
  }

  func decoyIterations(of name: String) -> Int { 4096 }

  func signedIn(
    _ name: String, proven: ScramVerifier, peer: SignInPeer
  ) async throws(CallFailure) -> Caller {
    Caller(account: name, role: .countyNode, division: Certificates.division)
  }

  func mayStay(_ caller: Caller, isActive: Bool) async -> Bool { true }
  func refused(_ name: String, peer: SignInPeer) async {}
  func denied(_ method: String, of caller: Caller, _ failure: CallFailure) {}
}
