import Foundation
import NIOCore
import RPC
import Testing

/// What a stranger can negotiate, as Debian's own tools find it: TLS 1.3 alone, and its strong suites
/// and groups alone.
@Suite("The server under sslscan and openssl s_client", .timeLimit(.minutes(2)))
struct ScannerTests {
  private static func run(_ program: String, _ arguments: [String]) async throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/\(program)")
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: output.fileHandleForReading.readDataToEndOfFile())
      }
    }
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The attributes of each element of this name in sslscan's report.
  private static func elements(_ name: String, in report: String) -> [[String: String]] {
    report.split(separator: "<").filter { $0.hasPrefix("\(name) ") }.map { element in
      Dictionary(
        element.matches(of: /([A-Za-z]+)="([^"]*)"/).map { (String($0.1), String($0.2)) },
        uniquingKeysWith: { first, _ in first })
    }
  }

  @Test("sslscan, which cannot name the application protocol, is given nothing below TLS 1.3")
  func stranger() async throws {
    let network = try await Network.start { _ in }
    let endpoint = network.server.endpoint
    let report = try await Self.run(
      "sslscan", ["--xml=-", "--no-colour", "\(endpoint.host):\(endpoint.port)"])
    let versions = Self.elements("protocol", in: report)
    #expect(versions.contains { $0["version"] == "1.2" }, "\(report)")
    for version in versions where version["enabled"] == "1" {
      #expect(version["type"] == "tls" && version["version"] == "1.3", "\(version)")
    }
    #expect(Self.elements("cipher", in: report).allSatisfy { $0["sslversion"] == "TLSv1.3" })
    #expect(Self.elements("heartbleed", in: report).allSatisfy { $0["vulnerable"] != "1" })
    await network.server.drain(within: .seconds(1))
  }

  @Test(
    "Whoever names it gets the strong suites of TLS 1.3 and nothing else",
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
    let report = try await Self.run(
      "openssl",
      ["s_client", "-connect", "\(endpoint.host):\(endpoint.port)", "-alpn", "xiecha/1", "-brief"]
        + options)
    #expect(report.contains("Protocol version: TLSv1.3") == isTaken, "\(options): \(report)")
    #expect(report.contains("CONNECTION ESTABLISHED") == isTaken, "\(options): \(report)")
    await network.server.drain(within: .seconds(1))
  }
}
