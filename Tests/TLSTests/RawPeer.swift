import COpenSSL
import NIOCore
import NIOEmbedded
import TLS

/// A peer made of OpenSSL alone, so that it can do what this module never would.
final class RawPeer {
  let ssl: OpaquePointer
  private let context: OpaquePointer
  private let input: OpaquePointer
  private let output: OpaquePointer

  /// `configure` sets up the context; certificates come from files of a ``TestNetwork``.
  init(
    server: Bool, certificate: String? = nil, key: String? = nil,
    configure: (OpaquePointer) -> Void = { _ in }
  ) throws {
    guard let context = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method()),
      let ssl = {
        if let certificate, let key {
          SSL_CTX_use_certificate_file(context, certificate, SSL_FILETYPE_PEM)
          SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM)
        }
        configure(context)
        return SSL_new(context)
      }(), let input = BIO_new(BIO_s_mem()), let output = BIO_new(BIO_s_mem())
    else { throw Unexpected(text: "no raw peer") }
    self.context = context
    self.ssl = ssl
    self.input = input
    self.output = output
    SSL_set_bio(ssl, input, output)
    if server { SSL_set_accept_state(ssl) } else { SSL_set_connect_state(ssl) }
  }

  deinit {
    SSL_free(ssl)
    SSL_CTX_free(context)
  }

  static func offerProtocol(_ context: OpaquePointer) {
    let list: [UInt8] = [8] + Array("xiecha/1".utf8)
    SSL_CTX_set_alpn_protos(context, list, UInt32(list.count))
  }

  func write(_ bytes: [UInt8]) {
    SSL_write(ssl, bytes, Int32(bytes.count))
  }

  func read() -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = SSL_read(ssl, &buffer, Int32(buffer.count))
    return count > 0 ? Array(buffer.prefix(Int(count))) : []
  }

  /// Runs the handshake and carries bytes to and from a channel until none are left.
  ///
  /// Returns what came for this peer.
  @discardableResult
  func pump(_ channel: EmbeddedChannel) -> [UInt8] {
    var received: [UInt8] = []
    var moved = true
    while moved {
      moved = false
      if SSL_is_init_finished(ssl) == 0 { SSL_do_handshake(ssl) } else { received += read() }
      var data: UnsafeMutablePointer<CChar>?
      let count = COpenSSL_mem_data(output, &data)
      if count > 0 {
        moved = true
        let bytes = Array(UnsafeRawBufferPointer(start: data, count: count))
        BIO_ctrl(output, BIO_CTRL_RESET, 0, nil)
        _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
      }
      while let buffer = (try? channel.readOutbound(as: ByteBuffer.self)) ?? nil {
        moved = true
        let bytes = Array(buffer.readableBytesView)
        BIO_write(input, bytes, Int32(bytes.count))
      }
    }
    return received
  }
}

/// A server's side of this module, alone, for a ``RawPeer`` to talk to.
struct LoneSide {
  let channel: EmbeddedChannel
  let handler: TLSHandler
  let recorder = Recorder()

  init(_ context: TLSContext, expecting: String? = nil) throws {
    handler = TLSHandler(context: context, expectedPeerDivision: expecting)
    channel = EmbeddedChannel(handlers: [handler, recorder])
    channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
  }

  var failures: [TLSFailure.Kind] { recorder.failures.map(\.kind) }
}
