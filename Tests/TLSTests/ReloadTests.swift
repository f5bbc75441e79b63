import Glibc
import NIOCore
import NIOEmbedded
import TLS
import Testing

@Suite("Reload, revocation and resumption")
struct ReloadTests {
  let network: TestNetwork

  init() throws {
    network = try TestNetwork()
  }

  func connected(_ client: TLSContext, _ server: TLSContext) throws -> Pair {
    let pair = try Pair(client: client, server: server)
    try pair.connect()
    return pair
  }

  @Test("a renewed certificate is used from the next handshake on; open connections live on")
  func renewed() throws {
    let server = try network.server()
    let before = try connected(network.client(), server)
    let old = try #require(before.client.handler.peer)
    let issued = try network.authority.issueNode(
      division: TestNetwork.province, in: network.directory, now: network.now, overwrite: true)
    try server.reload()
    let after = try connected(network.client(), server)
    #expect(after.client.handler.peer == issued.identity)
    #expect(old.serial != issued.identity.serial)
    before.client.write([1, 2, 3])
    before.pump()
    #expect(before.server.recorder.bytes == [1, 2, 3])
  }

  @Test("a reload that fails says which file, and changes nothing")
  func failingReload() throws {
    let server = try network.server()
    let key = "\(network.directory)/350000.key"
    unlink(key)
    let failure = #expect(throws: TLSFailure.self) { try server.reload() }
    #expect(failure?.kind == .unreadableFile)
    #expect(failure?.text.contains(key) == true)
    #expect(try connected(network.client(), server).failures == ([], []))
  }

  @Test("a revoked certificate is refused on both sides from the next handshake on")
  func revoked() throws {
    let server = try network.server(revocation: true)
    let client = try network.client(revocation: true)
    let first = try connected(client, server)
    let county = try #require(first.server.handler.peer)
    #expect(first.failures == ([], []))
    #expect(server.recheck(county) == nil)

    try network.authority.revoke(serials: [county.serial], now: network.now)
    try server.reload()
    // The open connection is for its owner to end, who is told by the recheck.
    #expect(server.recheck(county)?.kind == .peerRevoked)
    #expect(try connected(network.client(), server).failures == ([.refusedByPeer], [.peerRevoked]))

    let province = try #require(first.client.handler.peer)
    try network.authority.revoke(serials: [province.serial], now: network.now)
    let strict = try network.client(revocation: true)
    #expect(try connected(strict, network.server()).failures == ([.peerRevoked], [.refusedByPeer]))
  }

  @Test("a revoked certificate cannot come back by resuming either")
  func revokedResumption() throws {
    let server = try network.server(revocation: true)
    let client = try network.client()
    let first = try connected(client, server)
    let county = try #require(first.server.handler.peer)
    try network.authority.revoke(serials: [county.serial], now: network.now)
    try server.reload()
    let second = try connected(client, server)
    #expect(second.failures.server == [.peerRevoked])
    second.client.write([1])
    second.pump()
    #expect(second.server.recorder.bytes.isEmpty)
  }

  @Test("a revocation list past its time lets nobody pass: it may hide anything")
  func staleList() throws {
    try network.authority.revoke(serials: [], now: network.now - 40 * 86_400, days: 30)
    let pair = try connected(network.client(), network.server(revocation: true))
    #expect(pair.failures == ([.refusedByPeer], [.revocationListOutOfDate]))
  }

  @Test("a second connection resumes the first; who the peer is stays known on both sides")
  func resumption() throws {
    let server = try network.server()
    let client = try network.client()
    let first = try connected(client, server)
    #expect(!first.client.handler.isResumed)
    for _ in 0..<3 {
      let next = try connected(client, server)
      #expect(next.client.handler.isResumed)
      #expect(next.server.handler.isResumed)
      #expect(next.client.handler.peer == first.client.handler.peer)
      #expect(next.server.handler.peer == first.server.handler.peer)
      next.client.write([9])
      next.pump()
      #expect(next.server.recorder.bytes == [9])
    }
  }

  @Test("a session is offered to no other division, and without a division none is kept")
  func sessionsByDivision() throws {
    let client = try network.client()
    _ = try connected(client, network.server())
    let other = try Pair(client: client, server: network.server("350425"), expecting: "350425")
    try other.connect()
    #expect(other.failures == ([], []))
    #expect(!other.client.handler.isResumed)
    for _ in 0..<2 {
      let unnamed = try Pair(client: client, server: network.server(), expecting: nil)
      try unnamed.connect()
      #expect(!unnamed.client.handler.isResumed)
    }
  }

  @Test("a session that the server does not know falls back to a whole handshake")
  func unknownSession() throws {
    let client = try network.client()
    _ = try connected(client, network.server())
    let pair = try connected(client, network.server())
    #expect(pair.failures == ([], []))
    #expect(!pair.client.handler.isResumed)
  }

  @Test("sessions outlive a reload, but not a change of the trust roots")
  func resumptionAcrossReload() throws {
    let server = try network.server()
    let client = try network.client()
    _ = try connected(client, server)
    try server.reload()
    try client.reload()
    #expect(try connected(client, server).client.handler.isResumed)
    // The same authority twice is another file, and so another trust.
    let file = network.authority.certificateFile
    let text = try #require(readText(file))
    try #require(writeText(text + text, file))
    try server.reload()
    let pair = try connected(client, server)
    #expect(pair.failures == ([], []))
    #expect(!pair.client.handler.isResumed)
  }
}

/// A file as text; nil where it cannot be read.
func readText(_ path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes = [UInt8](repeating: 0, count: 1 << 20)
  let count = fread(&bytes, 1, bytes.count, file)
  return String(decoding: bytes.prefix(count), as: UTF8.self)
}

/// Replaces a file; false where that fails.
func writeText(_ text: String, _ path: String) -> Bool {
  guard let file = fopen(path, "w") else { return false }
  defer { fclose(file) }
  let bytes = Array(text.utf8)
  return fwrite(bytes, 1, bytes.count, file) == bytes.count
}
