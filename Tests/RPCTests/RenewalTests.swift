import ExchangeProtos
import NIOCore
import RPC
import TLS
import Testing
import Wire

@Suite("Certificates renewed and revoked under live connections", .timeLimit(.minutes(1)))
struct RenewalTests {
  let certificates: NodeCertificates

  init() throws {
    certificates = try NodeCertificates()
  }

  @Test(
    "A connection lives through a reload of certificate and key; the next one sees the new ones")
  func renewed() async throws {
    let tls = try TLSContext(server: certificates.configuration(certificates.server))
    let server = try await certificates.start(tls) { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
    }
    let client = try TLSContext(client: certificates.configuration(certificates.county))
    let before = try await NodeCertificates.connect(client, to: server)
    #expect(try await before.call(Bench.submit, Network.item).id == Network.item.id)
    let renewed = try certificates.renewServer()
    #expect(renewed != certificates.server.identity)
    try tls.reload()
    server.recheckPeers()
    #expect(try await before.call(Bench.submit, Network.item).id == Network.item.id)
    let after = try await NodeCertificates.connect(client, to: server)
    #expect(try await after.call(Bench.submit, Network.item).id == Network.item.id)
    #expect(server.connectionCount == 2)
    await server.drain(within: .seconds(1))
  }

  @Test("A revoked peer's open connection ends as soon as the list is read; the others stay")
  func revoked() async throws {
    let tls = try TLSContext(server: certificates.configuration(certificates.server))
    let server = try await certificates.start(tls) { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
    }
    let county = try await NodeCertificates.connect(
      TLSContext(client: certificates.configuration(certificates.county)), to: server)
    let other = try await NodeCertificates.connect(
      TLSContext(
        client: TLSConfiguration(trustRootsFile: certificates.authority.certificateFile)),
      to: server)
    try certificates.revoke(certificates.county)
    server.recheckPeers()
    // The list on disk is not in force before it is read.
    #expect(try await county.call(Bench.submit, Network.item).id == Network.item.id)
    try tls.reload()
    server.recheckPeers()
    await county.waitUntilClosed()
    #expect(try await other.call(Bench.submit, Network.item).id == Network.item.id)
    await #expect(throws: CallFailure.self) {
      _ = try await NodeCertificates.connect(
        TLSContext(client: certificates.configuration(certificates.county)), to: server)
    }
    await server.drain(within: .seconds(1))
  }

  @Test("A caller ends its connection to a node that was revoked since, within a tick")
  func revokedNode() async throws {
    let server = try await certificates.start(
      TLSContext(server: certificates.configuration(certificates.server))
    ) { methods in
      methods.answerAtOnce(Bench.submit) { item, _ in Network.acknowledge(item) }
    }
    let client = try TLSContext(client: certificates.configuration(certificates.county))
    var limits = WireLimits.standard
    limits.silenceMilliseconds = 1000
    let connection = try await NodeCertificates.connect(client, to: server, limits: limits)
    #expect(try await connection.call(Bench.submit, Network.item).id == Network.item.id)
    try certificates.revoke(certificates.server)
    try client.reload()
    await connection.waitUntilClosed()
    await server.drain(within: .seconds(1))
  }
}
