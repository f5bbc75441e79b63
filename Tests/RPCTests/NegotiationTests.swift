import NIOCore
import RPC
import TestSupport
import Testing

/// What a caller can negotiate with a node: TLS 1.3 alone, and its strong suites and groups alone.
@Suite("The server under openssl s_client", .timeLimit(.minutes(2)))
struct NegotiationTests {
  @Test(
    "Whoever names the application protocol gets the strong suites of TLS 1.3 and nothing else",
    arguments: [
      (["-tls1_3", "-ciphersuites", "TLS_AES_128_GCM_SHA256"], true),
      (["-tls1_3", "-ciphersuites", "TLS_AES_256_GCM_SHA384"], true),
      (["-tls1_3", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256"], true),
      (["-tls1_3", "-groups", "X25519"], true),
      (["-tls1_3", "-groups", "P-256"], true),
      (["-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_SHA256"], false),
      (["-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_8_SHA256"], false),
      (["-tls1_3", "-groups", "P-521"], false),
      (["-tls1_3", "-groups", "ffdhe2048"], false),
      (["-tls1_3", "-sigalgs", "RSA-PSS+SHA256"], false),
      (["-tls1_2"], false),
      (["-tls1_2", "-cipher", "ALL:@SECLEVEL=0"], false),
      (["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], false),
      (["-tls1", "-cipher", "ALL:@SECLEVEL=0"], false),
    ])
  func negotiation(options: [String], isTaken: Bool) async throws {
    let network = try await Network.start { _ in }
    let endpoint = network.server.endpoint
    let run = try await ProgramRun(
      "/usr/bin/openssl",
      ["s_client", "-connect", "\(endpoint.host):\(endpoint.port)", "-alpn", "xiecha/1", "-brief"]
        + options)
    let report = run.output + run.error
    #expect(report.contains("Protocol version: TLSv1.3") == isTaken, "\(options): \(report)")
    #expect(report.contains("CONNECTION ESTABLISHED") == isTaken, "\(options): \(report)")
    await network.server.drain(within: .seconds(1))
  }
}
