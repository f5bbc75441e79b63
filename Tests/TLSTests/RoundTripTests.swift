import NIOCore
import NIOEmbedded
import TLS
import Testing

@Suite("A secured connection")
struct RoundTripTests {
  let network: TestNetwork

  init() throws {
    network = try TestNetwork()
  }

  @Test("carries bytes both ways once both sides are proven")
  func roundTrip() throws {
    let pair = try Pair(client: network.client(), server: network.server())
    pair.client.write(Array("before the handshake".utf8))
    #expect(pair.server.recorder.bytes.isEmpty)
    try pair.connect()
    #expect(pair.failures == ([], []))
    #expect(pair.server.recorder.bytes == Array("before the handshake".utf8))
    pair.server.write(Array("answer".utf8))
    pair.pump()
    #expect(pair.client.recorder.bytes == Array("answer".utf8))
    for side in [pair.client, pair.server] {
      #expect(
        side.recorder.events == ["handshakeCompleted(negotiatedProtocol: Optional(\"xiecha/1\"))"])
      #expect(side.handler.suite == "TLSv1.3 TLS_AES_128_GCM_SHA256")
      #expect(!side.handler.isResumed)
    }
    #expect(pair.client.handler.peer?.division == TestNetwork.province)
    #expect(pair.server.handler.peer?.division == TestNetwork.county)
  }
}
