import COpenSSL

/// OpenSSL's queue of errors, which belongs to the thread.
///
/// Each call that may fail is preceded by ``clear()``, so that what is read belongs to that call.
enum ErrorQueue {
  static func clear() {
    ERR_clear_error()
  }

  /// Takes the queue: OpenSSL's words, oldest first, and the code of the first error, 0 if none.
  ///
  /// What libssl makes of an error below it, such as a signature that is wrong, comes before that
  /// error.
  static func take() -> (code: UInt, text: String) {
    var first: UInt = 0
    var firstOfSSL: UInt = 0
    var lines: [String] = []
    while true {
      var data: UnsafePointer<CChar>?
      var flags: Int32 = 0
      let code = ERR_get_error_all(nil, nil, nil, &data, &flags)
      guard code != 0 else { break }
      if first == 0 { first = code }
      if firstOfSSL == 0, isOfSSL(code) { firstOfSSL = code }
      var line = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
      if flags & ERR_TXT_STRING != 0, let data {
        let detail = String(cString: data)
        if !detail.isEmpty { line += " (\(detail))" }
      }
      if lines.last != line { lines.append(line) }
    }
    return (firstOfSSL == 0 ? first : firstOfSSL, lines.joined(separator: "; "))
  }

  private static func isOfSSL(_ code: UInt) -> Bool {
    (code >> 23) & 0xff == UInt(ERR_LIB_SSL)
  }

  /// Takes the queue as a failure to do something with a file or a value.
  static func failure(_ kind: TLSFailure.Kind, _ text: String) -> TLSFailure {
    let words = take().text
    return TLSFailure(kind, words.isEmpty ? text : "\(text) (OpenSSL: \(words))")
  }

  /// Takes the queue as the failure of a connection.
  ///
  /// `verifyResult` is the outcome of the check of the peer's certificate.
  static func connectionFailure(verifyResult: Int) -> TLSFailure {
    let (code, words) = take()
    let reason = code & 0x7f_ffff
    guard isOfSSL(code) else {
      return TLSFailure(code == 0 ? .malformedRecord : .internal, words)
    }
    switch Int32(truncatingIfNeeded: reason) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
      return verificationFailure(verifyResult)
    case SSL_R_NO_APPLICATION_PROTOCOL, SSL_R_CALLBACK_FAILED, SSL_R_BAD_EXTENSION,
      SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL:
      return TLSFailure(.noCommonProtocol, "the peer does not speak xiecha/1 (\(words))")
    case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_KEY_SHARE,
      SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, SSL_R_WRONG_SSL_VERSION, SSL_R_VERSION_TOO_LOW,
      SSL_R_NO_SHARED_GROUPS, SSL_R_TLSV1_ALERT_PROTOCOL_VERSION,
      SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
      return TLSFailure(
        .noCommonVersion, "no TLS version, cipher suite or group in common (\(words))")
    case SSL_R_UNEXPECTED_EOF_WHILE_READING:
      return TLSFailure(.truncated, "the connection ended in the middle (\(words))")
    case 1000...1255:
      return TLSFailure(.refusedByPeer, "the peer refused this side (\(words))")
    default:
      return TLSFailure(.malformedRecord, "the peer's bytes break TLS (\(words))")
    }
  }

  /// Why a certificate did not verify.
  static func verificationFailure(_ result: Int) -> TLSFailure {
    let words = String(cString: X509_verify_cert_error_string(result))
    switch Int32(truncatingIfNeeded: result) {
    case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
      return TLSFailure(
        .peerOutOfDate,
        "the peer's certificate is not valid today: issue a new one, or set the clock (\(words))")
    case X509_V_ERR_CERT_REVOKED:
      return TLSFailure(.peerRevoked, "the peer's certificate has been revoked (\(words))")
    case X509_V_ERR_CRL_HAS_EXPIRED, X509_V_ERR_CRL_NOT_YET_VALID, X509_V_ERR_UNABLE_TO_GET_CRL:
      return TLSFailure(
        .revocationListOutOfDate, "fetch a current revocation list, then reload (\(words))")
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
      return TLSFailure(
        .malformedRevocationList,
        "the revocation list in the name of the peer's issuer is not signed by it: fetch it again, "
          + "then reload (\(words))")
    case X509_V_ERR_HOSTNAME_MISMATCH:
      return TLSFailure(.wrongPeer, "the peer's certificate is not of the division that was called")
    default:
      return TLSFailure(.untrustedPeer, "no trust root vouches for the peer (\(words))")
    }
  }
}
