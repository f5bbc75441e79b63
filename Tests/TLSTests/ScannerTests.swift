import COpenSSL
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import TLS

/// What can be negotiated, as Debian's `sslscan` finds it out.
@Suite("A server under sslscan", .timeLimit(.minutes(2)))
struct ScannerTests {
  private static let tls13: Set = [
    "TLSv1.3 TLS_AES_128_GCM_SHA256", "TLSv1.3 TLS_AES_256_GCM_SHA384",
    "TLSv1.3 TLS_CHACHA20_POLY1305_SHA256",
  ]
  /// Those of a P-256 certificate.
  private static let tls12: Set = [
    "TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256", "TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384",
    "TLSv1.2 ECDHE-ECDSA-CHACHA20-POLY1305",
  ]
  private static let groups: Set = ["x25519", "secp256r1 (NIST P-256)"]

  /// sslscan cannot name the application protocol, and without it a server ends every handshake
  /// before a version is chosen: so the scanned one does not ask for it.
  @Test(
    "gives TLS 1.3, where set TLS 1.2 too, their strong suites and groups, and nothing else",
    arguments: [
      (TLSConfiguration.Version.v13, ["1.3"], tls13),
      (.v12, ["1.2", "1.3"], tls13.union(tls12)),
    ])
  func scan(minimum: TLSConfiguration.Version, versions: [String], suites: Set<String>) async throws
  {
    let network = try TestNetwork()
    let context = try TLSContext(
      server: network.configuration(TestNetwork.province, minimum: minimum))
    SSL_CTX_set_client_hello_cb(context.current.pointer, nil, nil)
    let report = try await ScannerTests.report(on: context)

    let enabled = report.elements("protocol").filter { $0["enabled"] == "1" }
    #expect(enabled.compactMap { $0["version"] }.sorted() == versions, "\(report.text)")
    #expect(enabled.allSatisfy { $0["type"] == "tls" })
    let taken = report.elements("cipher").compactMap { element in
      element["sslversion"].flatMap { version in element["cipher"].map { "\(version) \($0)" } }
    }
    #expect(Set(taken) == suites, "\(report.text)")
    #expect(Set(report.elements("group").compactMap { $0["name"] }) == ScannerTests.groups)
    #expect(report.elements("compression").allSatisfy { $0["supported"] == "0" })
    #expect(report.elements("renegotiation").allSatisfy { $0["supported"] == "0" })
    #expect(report.elements("heartbleed").allSatisfy { $0["vulnerable"] == "0" })
  }

  @Test("gives a stranger, who cannot name the application protocol, nothing")
  func stranger() async throws {
    let network = try TestNetwork()
    let report = try await ScannerTests.report(on: network.server())
    #expect(report.elements("cipher").isEmpty, "\(report.text)")
    #expect(report.elements("certificate").isEmpty, "\(report.text)")
  }

  private struct Report {
    var text: String

    /// The attributes of each element of this name.
    func elements(_ name: String) -> [[String: String]] {
      text.split(separator: "<").filter { $0.hasPrefix("\(name) ") }.map { element in
        Dictionary(
          element.matches(of: /([A-Za-z]+)="([^"]*)"/).map { (String($0.1), String($0.2)) },
          uniquingKeysWith: { first, _ in first })
      }
    }
  }

  private static func report(on context: TLSContext) async throws -> Report {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let server = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 64)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(TLSHandler(context: context))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = server.localAddress?.port ?? 0
    let run = try await ProgramRun(
      "/usr/bin/sslscan", ["--xml=-", "--no-colour", "127.0.0.1:\(port)"])
    try await server.close()
    try await group.shutdownGracefully()
    return Report(text: run.output)
  }
}
