import COpenSSL
import NIOCore
import NIOEmbedded
import Testing

@testable import TLS

@Suite("A peer that is not what it should be is refused")
struct RefusalTests {
  let network: TestNetwork

  init() throws {
    network = try TestNetwork()
  }

  @Test("a server of another authority")
  func foreignServer() throws {
    let pair = try Pair(client: network.client(), server: TestNetwork().server())
    try pair.connect()
    #expect(pair.failures == ([.untrustedPeer], [.refusedByPeer]))
    #expect(pair.client.handler.peer == nil)
  }

  @Test("a client of another authority; nothing it sends passes up")
  func foreignClient() throws {
    let foreign = try TestNetwork()
    let client = try TLSContext(
      client: TLSConfiguration(
        certificateChainFile: "\(foreign.directory)/350425.pem",
        privateKeyFile: "\(foreign.directory)/350425.key",
        trustRootsFile: network.authority.certificateFile))
    let pair = try Pair(client: client, server: network.server())
    pair.client.write([1, 2, 3])
    try pair.connect()
    #expect(pair.failures == ([.refusedByPeer], [.untrustedPeer]))
    #expect(pair.server.recorder.bytes.isEmpty)
    #expect(pair.server.recorder.events.first != "handshakeCompleted")
  }

  @Test(
    "a certificate that is past its time or before it",
    arguments: [(-40, 30), (10, 30)])
  func outOfDate(startDays: Int, days: Int) throws {
    _ = try network.authority.issueNode(
      division: "350000", in: network.directory, fileName: "other",
      now: network.now + Int64(startDays) * 86_400, days: days)
    let pair = try Pair(client: network.client(), server: network.server("other"))
    try pair.connect()
    #expect(pair.failures == ([.peerOutOfDate], [.refusedByPeer]))
    let reverse = try Pair(client: network.client("other"), server: network.server())
    try reverse.connect()
    #expect(reverse.failures == ([.refusedByPeer], [.peerOutOfDate]))
  }

  @Test(
    "a server of another division than the one that is called",
    arguments: ["350425", "35", "3500000", ""])
  func wrongDivision(expected: String) throws {
    let pair = try Pair(client: network.client(), server: network.server(), expecting: expected)
    try pair.connect()
    #expect(pair.failures == ([.wrongPeer], [.refusedByPeer]))
    // The alert went out instead of this side's certificate.
    #expect(pair.server.handler.peer == nil)
  }

  @Test("a certificate that names two divisions is of none")
  func twoDivisions() throws {
    let key = try CertificateBuilder.newKey()
    defer { EVP_PKEY_free(key) }
    for (names, division) in [
      ("URI:xiecha:division:350000", "350000"),
      ("URI:https://example.org,URI:xiecha:division:350000,DNS:localhost", "350000"),
      ("URI:xiecha:division:350000,URI:xiecha:division:350425", nil),
      ("URI:xiecha:division:35000a", nil), ("URI:xiecha:division:", nil),
      ("URI:xiecha:division:3500001234567", nil), ("DNS:xiecha-division-350000", nil),
    ] {
      let builder = try CertificateBuilder(
        commonName: "test", key: key, validFrom: network.now, days: 1, issuer: nil)
      try builder.add(NID_subject_alt_name, names)
      try builder.sign(with: key)
      #expect(try builder.identity().division == division, "\(names)")
    }
  }

  @Test("a client without xiecha/1, before the server signs anything")
  func clientWithoutProtocol() throws {
    for offered in ["", "h2", "xiecha/2", "xiecha/10"] {
      let side = try LoneSide(network.server())
      let peer = try RawPeer(server: false) { context in
        guard !offered.isEmpty else { return }
        let list = [UInt8(offered.utf8.count)] + Array(offered.utf8)
        SSL_CTX_set_alpn_protos(context, list, UInt32(list.count))
      }
      peer.pump(side.channel)
      #expect(side.failures == [.noCommonProtocol], "\(offered)")
      #expect(side.recorder.events.isEmpty)
    }
  }

  @Test("a server that does not answer with xiecha/1")
  func serverWithoutProtocol() throws {
    let side = try LoneSide(network.client(), expecting: "350000")
    let peer = try RawPeer(
      server: true, certificate: "\(network.directory)/350000.pem",
      key: "\(network.directory)/350000.key")
    peer.pump(side.channel)
    #expect(side.failures == [.noCommonProtocol])
    #expect(side.recorder.events.isEmpty)
  }

  @Test("TLS 1.2, unless the setting allows it; then with ECDHE, AEAD and a binding")
  func olderVersion() throws {
    func client() throws -> RawPeer {
      try RawPeer(server: false) { context in
        RawPeer.offerProtocol(context)
        COpenSSL_CTX_set_max_proto_version(context, TLS1_2_VERSION)
      }
    }
    let strict = try LoneSide(network.server())
    try client().pump(strict.channel)
    #expect(strict.failures == [.noCommonVersion])

    let configuration = network.configuration(TestNetwork.province, minimum: .v12)
    let open = try LoneSide(TLSContext(server: configuration))
    let peer = try client()
    peer.pump(open.channel)
    #expect(open.failures.isEmpty)
    #expect(open.handler.suite == "TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256")
    #expect(open.handler.exporter(label: "EXPORTER-Channel-Binding", length: 32) != nil)
  }

  @Test(
    "TLS 1.2 without forward secrecy or AEAD is refused even where 1.2 is allowed",
    arguments: ["AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA"])
  func weakSuite(suite: String) throws {
    let configuration = network.configuration(TestNetwork.province, minimum: .v12)
    let side = try LoneSide(TLSContext(server: configuration))
    let peer = try RawPeer(server: false) { context in
      RawPeer.offerProtocol(context)
      COpenSSL_CTX_set_max_proto_version(context, TLS1_2_VERSION)
      SSL_CTX_set_cipher_list(context, suite)
    }
    peer.pump(side.channel)
    #expect(side.failures == [.noCommonVersion])
  }

  @Test(
    "the strong suites are taken, the fastest first",
    arguments: [
      "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
      "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256",
    ])
  func suites(offered: String) throws {
    let side = try LoneSide(network.server())
    let peer = try RawPeer(server: false) { context in
      RawPeer.offerProtocol(context)
      SSL_CTX_set_ciphersuites(context, offered)
    }
    peer.pump(side.channel)
    let expected = offered.hasSuffix("TLS_AES_128_GCM_SHA256") ? "TLS_AES_128_GCM_SHA256" : offered
    #expect(side.handler.suite == "TLSv1.3 \(expected)")
  }

  @Test("no common group")
  func groups() throws {
    let side = try LoneSide(network.server())
    let peer = try RawPeer(server: false) { context in
      RawPeer.offerProtocol(context)
      COpenSSL_CTX_set1_groups_list(context, "P-521")
    }
    peer.pump(side.channel)
    #expect(side.failures == [.noCommonVersion])
  }

  @Test("a key update in the middle changes nothing that is seen")
  func keyUpdate() throws {
    let side = try LoneSide(network.server())
    let peer = try RawPeer(server: false, configure: RawPeer.offerProtocol)
    peer.pump(side.channel)
    for round in 0..<3 {
      SSL_key_update(peer.ssl, SSL_KEY_UPDATE_REQUESTED)
      peer.write(Array("ping \(round)".utf8))
      peer.pump(side.channel)
      side.channel.writeAndFlush(ByteBuffer(string: "pong \(round)"), promise: nil)
      #expect(peer.pump(side.channel) == Array("pong \(round)".utf8))
    }
    #expect(side.recorder.bytes == Array("ping 0ping 1ping 2".utf8))
    #expect(side.failures.isEmpty)
  }
}
