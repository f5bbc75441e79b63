import Foundation
import NIOCore
import NIOPosix
import TLS

/// A browser without a screen: HTTP/1.1 over real TLS, with the cookie that it was given, and bytes as a
/// test wants them.
final class Browser {
  /// What came back.
  struct Reply {
    var status: Int
    /// Names in lower case.
    var headers: [String: String]
    var body: String

    /// The value of the first input of a name, as the page holds it.
    func input(_ name: String) -> String? {
      guard let start = body.range(of: "name=\"\(name)\" value=\"") else { return nil }
      return body[start.upperBound...].split(separator: "\"", omittingEmptySubsequences: false)
        .first.map(String.init)
    }
  }

  let port: Int
  private let tls: TLSContext
  var cookie: String?

  init(port: Int, trust: String) throws {
    self.port = port
    tls = try TLSContext(
      client: TLSConfiguration(trustRootsFile: trust, application: .web))
  }

  func get(_ path: String) async throws -> Reply {
    try await send("GET \(path) HTTP/1.1\r\n\(common)\r\n")
  }

  /// Sends a form, as a page of the desk would; `origin` is where that page came from.
  func post(
    _ path: String, _ fields: [(String, String)], origin: String? = nil
  ) async throws -> Reply {
    let plain = CharacterSet.alphanumerics
    let body = fields.map { name, value in
      let value = value.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
      return "\(name)=\(value)"
    }.joined(separator: "&")
    return try await send(
      "POST \(path) HTTP/1.1\r\n\(common)Origin: \(origin ?? "https://127.0.0.1:\(port)")\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        + body)
  }

  /// Sends a file, as the page of the import would.
  func upload(
    _ path: String, token: String, name: String, _ content: String
  ) async throws -> Reply {
    let head = "\r\nContent-Disposition: form-data; name="
    let body =
      "--mark\(head)\"token\"\r\n\r\n\(token)\r\n--mark\(head)\"file\"; "
      + "filename=\"\(name)\"\r\nContent-Type: text/csv\r\n\r\n\(content)\r\n--mark--\r\n"
    return try await send(
      "POST \(path) HTTP/1.1\r\n\(common)Origin: https://127.0.0.1:\(port)\r\n"
        + "Content-Type: multipart/form-data; boundary=mark\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  private var common: String {
    "Host: 127.0.0.1:\(port)\r\nConnection: close\r\n" + (cookie.map { "Cookie: \($0)\r\n" } ?? "")
  }

  /// Sends bytes as they are over a connection of their own, and reads until the desk ends it.
  func send(_ request: String) async throws -> Reply {
    let bytes = try await exchange(request)
    let text = String(decoding: bytes, as: UTF8.self)
    let halves = text.components(separatedBy: "\r\n\r\n")
    var lines = (halves.first ?? "").components(separatedBy: "\r\n")
    let status = lines.removeFirst().split(separator: " ").dropFirst().first.flatMap { Int($0) }
    var headers: [String: String] = [:]
    for line in lines {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    if let given = headers["set-cookie"]?.split(separator: ";").first {
      cookie = given.hasSuffix("=") ? nil : String(given)
    }
    return Reply(
      status: status ?? 0, headers: headers,
      body: halves.dropFirst().joined(separator: "\r\n\r\n"))
  }

  private func exchange(_ request: String) async throws -> [UInt8] {
    let tls = tls
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(TLSHandler(context: tls))
          return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    return try await channel.executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: request))
      var bytes: [UInt8] = []
      do {
        for try await part in inbound { bytes += part.readableBytesView }
      } catch is TLSFailure {
        // The desk has ended the connection, which a test may want to see.
      }
      return bytes
    }
  }
}
