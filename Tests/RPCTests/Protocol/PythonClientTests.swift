import ExchangeProtos
import Foundation
import RPC
import TestSupport
import TestTLS
import Testing
import Wire

/// The client in `Protos/conformance/python` was written from `PROTOCOL.md` alone: where it gets
/// its answers, the text is enough.
///
/// It needs Debian's python3-openssl, python3-protobuf and protobuf-compiler, and with them
/// Debian's own Python.
@Suite("A client in Python, written from PROTOCOL.md alone", .timeLimit(.minutes(2)))
struct PythonClientTests {
  private static let items = (0..<40).map { [UInt8](repeating: $0, count: 16) }

  private struct Learned: Decodable, Equatable {
    struct Identity: Decodable, Equatable {
      var account: String
      var role: String
      var node: String
    }
    struct Failure: Decodable, Equatable {
      var status: String
      var reason: String
      var field: String
    }
    var whoAmI: Identity?
    var refused: Failure?
    var items: [String]?
    var goAway: Failure?
    var broken: String?
  }

  private static func network() async throws -> Network {
    try await Network.start { methods in
      methods.answer(Account.whoAmI) { _, context in
        var reply = ProtocolExamples.reply
        reply.actor?.account = context.caller.account
        return reply
      }
      methods.answer(Items.follow) { _, _ in FollowReply() }
      methods.stream(Items.list) { _, _, replies in
        for id in items {
          var reply = ListReply()
          reply.item = ItemSummary()
          reply.item?.id = id
          try await replies.write(reply)
        }
      }
    }
  }

  @Test("Signs in, asks who it is, has a call refused, and reads a stream past its credit")
  func conversation() async throws {
    let network = try await Self.network()
    let (status, learned) = try await run(against: network, password: "correct horse")
    #expect(status == 0)
    #expect(
      learned
        == Learned(
          whoAmI: .init(account: "zhang", role: "countyOperator", node: Network.division),
          refused: .init(status: "INVALID_ARGUMENT", reason: "wrong-length", field: "id"),
          items: Self.items.map { id in id.map { String(format: "%02x", $0) }.joined() }))
  }

  @Test("A wrong password is told as the text says")
  func wrongPassword() async throws {
    let network = try await Self.network()
    let (status, learned) = try await run(against: network, password: "wrong")
    #expect(status == 1)
    #expect(
      learned
        == Learned(
          goAway: .init(
            status: "UNAUTHENTICATED", reason: "authentication-failed", field: "")))
  }

  @Test("It does not talk to another division's node")
  func wrongNode() async throws {
    let network = try await Self.network()
    let (status, learned) = try await run(
      against: network, password: "correct horse", division: "441702")
    #expect(status == 1)
    #expect(learned.broken?.contains("certificate verify failed") == true)
    #expect(learned.whoAmI == nil)
  }

  private func run(
    against network: Network, password: String, division: String = Network.division
  ) async throws -> (Int32, Learned) {
    let script = ProtocolText.root.appendingPathComponent(
      "Protos/conformance/python/xiecha_client.py")
    let run = try await ProgramRun(
      "/usr/bin/python3",
      [
        "-B", script.path, "--host", network.server.endpoint.host,
        "--port", "\(network.server.endpoint.port)",
        "--trust", Network.certificates.trustRootsFile,
        "--division", division, "--account", "zhang",
      ], environment: ["XIECHA_PASSWORD": password, "PATH": "/usr/bin:/bin"])
    return (run.exit, try JSONDecoder().decode(Learned.self, from: Data(run.output.utf8)))
  }
}
