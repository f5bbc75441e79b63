import COpenSSL

/// What is spoken over a secured connection: offered, required and checked by its name (ALPN, RFC 7301).
public enum ApplicationProtocol: String, Sendable, Hashable {
  /// Xiecha's own: a peer that does not offer it is refused, and is asked for a certificate.
  case exchange = "xiecha/1"
  /// For browsers, which may offer nothing at all, and which are asked for no certificate: they would
  /// ask the person in front of them.
  case web = "http/1.1"

  /// The list of this one, as it travels: a length byte, then the name.
  var wireList: [UInt8] {
    [UInt8(truncatingIfNeeded: rawValue.utf8.count)] + Array(rawValue.utf8)
  }

  /// Makes a server speak it.
  func serve(on context: OpaquePointer) {
    let name = Array(rawValue.utf8)
    SSL_CTX_set_session_id_context(context, name, UInt32(name.count))
    switch self {
    case .exchange:
      SSL_CTX_set_client_hello_cb(context, ApplicationProtocol.requireOffer, nil)
      SSL_CTX_set_alpn_select_cb(context, ApplicationProtocol.selectExchange, nil)
    case .web: SSL_CTX_set_alpn_select_cb(context, ApplicationProtocol.selectWeb, nil)
    }
  }

  /// Whether the handshake ended with it.
  func isAgreed(_ ssl: OpaquePointer) -> Bool {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &name, &length)
    if length == 0 { return self == .web }
    return UnsafeBufferPointer(start: name, count: Int(length)).elementsEqual(rawValue.utf8)
  }

  private typealias Selection =
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, UnsafeMutablePointer<UInt8>?,
      UnsafePointer<UInt8>?, UInt32, UnsafeMutableRawPointer?
    ) -> Int32

  private static let selectExchange: Selection = { _, chosen, length, offered, offeredLength, _ in
    ApplicationProtocol.exchange.select(chosen, length, offered, offeredLength)
  }

  private static let selectWeb: Selection = { _, chosen, length, offered, offeredLength, _ in
    ApplicationProtocol.web.select(chosen, length, offered, offeredLength)
  }

  /// Refuses a client that offers no protocol at all, before anything is signed for it.
  private static let requireOffer:
    @convention(c) (OpaquePointer?, UnsafeMutablePointer<Int32>?, UnsafeMutableRawPointer?)
      -> Int32 = { ssl, alert, _ in
        var bytes: UnsafePointer<UInt8>?
        var count = 0
        let kind = UInt32(TLSEXT_TYPE_application_layer_protocol_negotiation)
        if SSL_client_hello_get0_ext(ssl, kind, &bytes, &count) == 1 {
          return SSL_CLIENT_HELLO_SUCCESS
        }
        alert?.pointee = SSL_AD_NO_APPLICATION_PROTOCOL
        return SSL_CLIENT_HELLO_ERROR
      }

  /// Chooses it, or ends the handshake with the alert that RFC 7301 names.
  private func select(
    _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ chosenLength: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?,
    _ offeredLength: UInt32
  ) -> Int32 {
    // The answer points into the client's own list, which outlives the call.
    var rest = UnsafeBufferPointer(start: offered, count: Int(offeredLength))[...]
    while let length = rest.first.map(Int.init), rest.count > length {
      let name = rest.dropFirst().prefix(length)
      if name.elementsEqual(rawValue.utf8) {
        chosen?.pointee = offered.map { $0 + name.startIndex }
        chosenLength?.pointee = UInt8(truncatingIfNeeded: length)
        return SSL_TLSEXT_ERR_OK
      }
      rest = rest.dropFirst(1 + length)
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
  }
}
