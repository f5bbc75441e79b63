import NIOCore
import NIOPosix
import TLS

/// A browser's connection to a desk, kept open: a page at a time, and how long it took.
final class PageClient {
  /// A page that came.
  struct Page {
    var status: Int
    var cookie: String?
    /// Bytes of the body.
    var bytes: Int
    var body: [UInt8]
    /// When the first byte of it was there.
    var firstByte: NIODeadline
  }

  /// What came is no reply of HTTP/1.1 with a length.
  struct NoReply: Error {}

  private let host: String
  private let cookie: String?
  private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  private var rest: [UInt8] = []

  private init(
    _ host: String, _ cookie: String?, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
  ) {
    self.host = host
    self.cookie = cookie
    self.outbound = outbound
    self.inbound = inbound
  }

  /// Does the work over a connection of its own, with a clerk's cookie if there is one.
  static func with<Result>(
    port: Int, tls: TLSContext, cookie: String? = nil,
    _ work: (PageClient) async throws -> Result
  ) async throws -> Result {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(TLSHandler(context: tls))
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await work(
        PageClient("127.0.0.1:\(port)", cookie, outbound, inbound.makeAsyncIterator()))
    }
  }

  func get(_ path: String) async throws -> Page {
    try await send("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(cookieLine)\r\n")
  }

  /// Sends a form, as a page of the desk does.
  func post(_ path: String, _ body: String) async throws -> Page {
    try await send(
      "POST \(path) HTTP/1.1\r\nHost: \(host)\r\n\(cookieLine)Origin: https://\(host)\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  private var cookieLine: String { cookie.map { "Cookie: \($0)\r\n" } ?? "" }

  private func send(_ request: String) async throws -> Page {
    try await outbound.write(ByteBuffer(string: request))
    try await more()
    let firstByte = NIODeadline.now()
    let end = Array("\r\n\r\n".utf8)
    var head = rest.firstRange(of: end)
    while head == nil {
      try await more()
      head = rest.firstRange(of: end)
    }
    guard let head else { throw NoReply() }
    let lines = String(decoding: rest[..<head.lowerBound], as: UTF8.self).split(separator: "\r\n")
    func value(of name: String) -> Substring? {
      lines.first { $0.lowercased().hasPrefix("\(name): ") }?.dropFirst(name.utf8.count + 2)
    }
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
    else { throw NoReply() }
    let length = value(of: "content-length").flatMap { Int($0) } ?? 0
    while rest.count < head.upperBound + length { try await more() }
    let body = Array(rest[head.upperBound..<head.upperBound + length])
    rest.removeFirst(head.upperBound + length)
    let given = value(of: "set-cookie")?.split(separator: ";").first.map(String.init)
    return Page(
      status: status, cookie: given, bytes: body.count, body: body, firstByte: firstByte)
  }

  private func more() async throws {
    guard let part = try await inbound.next() else { throw NoReply() }
    rest += part.readableBytesView
  }
}
