import COpenSSL

/// The application protocol (ALPN, RFC 7301): offered, required and checked.
enum ApplicationProtocol {
  /// The list of one, as it travels: a length byte, then the name.
  static let wireList: [UInt8] =
    [UInt8(truncatingIfNeeded: TLSLimits.applicationProtocol.utf8.count)]
    + Array(TLSLimits.applicationProtocol.utf8)

  /// Refuses a client that offers no protocol at all, before anything is signed for it.
  static let requireOffer:
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

  /// Chooses the one protocol, or ends the handshake with the alert that RFC 7301 names.
  static let select:
    @convention(c) (
      OpaquePointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, UnsafeMutablePointer<UInt8>?,
      UnsafePointer<UInt8>?, UInt32, UnsafeMutableRawPointer?
    ) -> Int32 = { _, chosen, chosenLength, offered, offeredLength, _ in
      // The answer points into the client's own list, which outlives the call.
      var rest = UnsafeBufferPointer(start: offered, count: Int(offeredLength))[...]
      while let length = rest.first.map(Int.init), rest.count > length {
        let name = rest.dropFirst().prefix(length)
        if name.elementsEqual(TLSLimits.applicationProtocol.utf8) {
          chosen?.pointee = offered.map { $0 + name.startIndex }
          chosenLength?.pointee = UInt8(truncatingIfNeeded: length)
          return SSL_TLSEXT_ERR_OK
        }
        rest = rest.dropFirst(1 + length)
      }
      return SSL_TLSEXT_ERR_ALERT_FATAL
    }

  /// Whether the handshake ended with the protocol.
  static func isAgreed(_ ssl: OpaquePointer) -> Bool {
    var name: UnsafePointer<UInt8>?
    var length: UInt32 = 0
    SSL_get0_alpn_selected(ssl, &name, &length)
    return UnsafeBufferPointer(start: name, count: Int(length))
      .elementsEqual(TLSLimits.applicationProtocol.utf8)
  }
}
