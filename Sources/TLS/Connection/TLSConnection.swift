import COpenSSL
import NIOCore

/// One `SSL` object, and the only place that calls it.
///
/// Belongs to one event loop. Bytes come and go through ``bio``.
final class TLSConnection {
  enum HandshakeOutcome {
    case done
    case wantsInput
    case failed(TLSFailure)
  }

  enum ReadOutcome {
    /// All records that came are read.
    case wantsInput
    /// The buffer is full, and there is more.
    case more
    /// The peer has sent close_notify: nothing more comes.
    case closed
    case failed(TLSFailure)
  }

  let bio = ByteBufferBIO()
  let expectedDivision: String?
  private let ssl: OpaquePointer
  private let files: LoadedFiles
  private let side: TLSSide
  private let application: ApplicationProtocol
  private let sessions: SessionCache
  /// Ciphertext of an unfinished record that OpenSSL holds, in bytes, never too low.
  private var heldBytes = 0

  init(
    _ files: LoadedFiles, _ side: TLSSide, _ application: ApplicationProtocol,
    _ sessions: SessionCache, expectedDivision: String?
  ) throws(TLSFailure) {
    self.files = files
    self.side = side
    self.application = application
    self.sessions = sessions
    self.expectedDivision = expectedDivision
    ErrorQueue.clear()
    guard let ssl = SSL_new(files.pointer) else {
      throw ErrorQueue.failure(.internal, "no TLS connection can be made")
    }
    guard let stream = bio.makeBIO() else {
      SSL_free(ssl)
      throw ErrorQueue.failure(.internal, "no TLS connection can be made")
    }
    self.ssl = ssl
    // One BIO for both ways: the second reference is dropped by SSL_set_bio itself.
    SSL_set_bio(ssl, stream, stream)
    SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(self).toOpaque())
    switch side {
    case .server: SSL_set_accept_state(ssl)
    case .client:
      SSL_set_connect_state(ssl)
      if let expectedDivision, let session = sessions.copy(division: expectedDivision) {
        if files.stillBelieves(session) { SSL_set_session(ssl, session) }
        SSL_SESSION_free(session)
      }
    }
  }

  deinit {
    SSL_free(ssl)
  }

  // MARK: Handshake

  func handshake() -> HandshakeOutcome {
    ErrorQueue.clear()
    let result = SSL_do_handshake(ssl)
    bio.releaseInbound()
    guard result != 1 else { return checkHandshake() }
    if SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ { return .wantsInput }
    return .failed(failure())
  }

  /// What OpenSSL has not checked itself.
  private func checkHandshake() -> HandshakeOutcome {
    guard application.isAgreed(ssl) else {
      return .failed(
        TLSFailure(.noCommonProtocol, "the peer does not speak \(application.rawValue)"))
    }
    if let expectedDivision, peer?.division != expectedDivision {
      return .failed(
        TLSFailure(
          .wrongPeer, "the peer is \(peer?.division ?? "no division"), not \(expectedDivision)"))
    }
    return .done
  }

  // MARK: Data

  /// How large a buffer the records that came need at most, in bytes.
  var readableEstimate: Int { bio.inbound.readableBytes + heldBytes }

  /// Decrypts into a buffer until it is full or nothing more is to be read.
  func read(into buffer: inout ByteBuffer) -> ReadOutcome {
    let available = bio.inbound.readableBytes
    let before = buffer.readableBytes
    while true {
      if SSL_pending(ssl) == 0, bio.inbound.readableBytes == 0 {
        heldBytes = 0
        bio.releaseInbound()
        return .wantsInput
      }
      if buffer.writableBytes == 0 { return .more }
      ErrorQueue.clear()
      var result: Int32 = 0
      buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 1) { bytes in
        var count = 0
        result = SSL_read_ex(ssl, bytes.baseAddress, bytes.count, &count)
        return result == 1 ? count : 0
      }
      if result == 1 { continue }
      bio.releaseInbound()
      switch SSL_get_error(ssl, result) {
      case SSL_ERROR_WANT_READ:
        let held = heldBytes + available - (buffer.readableBytes - before)
        heldBytes = min(max(0, held), TLSLimits.recordBytes + TLSLimits.recordOverheadBytes)
        return .wantsInput
      case SSL_ERROR_ZERO_RETURN: return .closed
      default: return .failed(failure())
      }
    }
  }

  /// Encrypts the whole of a buffer; the records wait in ``bio``.
  func write(_ buffer: ByteBuffer) throws(TLSFailure) {
    let records = buffer.readableBytes / TLSLimits.recordBytes + 1
    bio.outbound.reserveCapacity(
      minimumWritableBytes: buffer.readableBytes + records * TLSLimits.recordOverheadBytes)
    ErrorQueue.clear()
    let result = buffer.withUnsafeReadableBytes { bytes in
      var written = 0
      return SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &written)
    }
    guard result == 1 else { throw failure() }
  }

  /// Says that nothing more follows from this side.
  func sendCloseNotify() {
    ErrorQueue.clear()
    SSL_shutdown(ssl)
    ErrorQueue.clear()
  }

  // MARK: What was agreed

  /// Who the peer has proven to be; nil where it showed no certificate.
  var peer: PeerIdentity? {
    guard let certificate = SSL_get0_peer_certificate(ssl) else { return nil }
    // A resumed session has no chain, and is of a certificate that a root itself has issued.
    let verified = SSL_get0_verified_chain(ssl)
    let chain = (0..<max(0, COpenSSL_X509_count(verified)))
      .compactMap { COpenSSL_X509_at(verified, $0) }
    return PeerIdentity(
      certificate: certificate, authorities: chain.dropFirst().dropLast(),
      root: chain.count > 1 ? chain.last : nil)
  }

  var isResumed: Bool { SSL_session_reused(ssl) == 1 }

  /// Such as `TLSv1.3 TLS_AES_128_GCM_SHA256`.
  var suite: String {
    let version = SSL_get_version(ssl).map { String(cString: $0) } ?? ""
    let cipher = SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)).map { String(cString: $0) } ?? ""
    return "\(version) \(cipher)"
  }

  /// Keying material of this connection alone (RFC 8446 section 7.5), with an empty context.
  func exporter(label: String, length: Int) -> [UInt8]? {
    guard (1...255).contains(length), SSL_is_init_finished(ssl) == 1 else { return nil }
    // RFC 9266 section 2: without the extended master secret TLS 1.2 binds nothing.
    if SSL_version(ssl) < TLS1_3_VERSION, COpenSSL_get_extms_support(ssl) != 1 { return nil }
    var bytes = [UInt8](repeating: 0, count: length)
    ErrorQueue.clear()
    let noContext: [UInt8] = []
    let result = SSL_export_keying_material(
      ssl, &bytes, length, label, label.utf8.count, noContext, 0, 1)
    return result == 1 ? bytes : nil
  }

  private func failure() -> TLSFailure {
    ErrorQueue.connectionFailure(verifyResult: SSL_get_verify_result(ssl))
  }

  // MARK: What OpenSSL calls

  private static func owner(_ ssl: OpaquePointer?) -> TLSConnection? {
    guard let ssl, let data = SSL_get_ex_data(ssl, 0) else { return nil }
    return Unmanaged<TLSConnection>.fromOpaque(data).takeUnretainedValue()
  }

  private static func owner(checking store: OpaquePointer?) -> TLSConnection? {
    owner(
      X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx())
        .map(OpaquePointer.init))
  }

  /// What OpenSSL is to ask during a handshake.
  static let callbacks = HandshakeCallbacks(
    verifyPeer: verifyPeer, findRevocationLists: findRevocationLists, keepSession: keepSession,
    checkTicket: checkTicket)

  /// Finds the revocation lists that a certificate is held against.
  private static let findRevocationLists:
    @convention(c) (OpaquePointer?, OpaquePointer?) -> OpaquePointer? = { store, _ in
      var lists: [OpaquePointer?] =
        owner(checking: store)?.files.revocations.lists(for: store) ?? []
      return COpenSSL_CRL_stack(&lists, Int32(lists.count))
    }

  /// Lets a certificate pass whose issuer has no revocation list.
  ///
  /// Lets a server's pass only where it is of the division that was called, so that the wrong
  /// server gets an alert and never this side's certificate.
  private static let verifyPeer: @convention(c) (Int32, OpaquePointer?) -> Int32 = {
    verified, store in
    guard let connection = owner(checking: store) else { return 0 }
    guard verified == 1 else {
      guard X509_STORE_CTX_get_error(store) == X509_V_ERR_UNABLE_TO_GET_CRL,
        connection.files.revocations.lists(for: store).isEmpty
      else { return 0 }
      X509_STORE_CTX_set_error(store, X509_V_OK)
      return 1
    }
    guard let expected = connection.expectedDivision,
      X509_STORE_CTX_get_error_depth(store) == 0
    else { return 1 }
    guard let certificate = X509_STORE_CTX_get_current_cert(store) else { return 0 }
    if PeerIdentity.division(of: certificate) == expected { return 1 }
    // The error whose alert is bad_certificate.
    X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH)
    return 0
  }

  /// Keeps a session that the server has made resumable; 1 takes it over.
  private static let keepSession: @convention(c) (OpaquePointer?, OpaquePointer?) -> Int32 = {
    ssl, session in
    guard let session, let connection = owner(ssl), let division = connection.expectedDivision
    else { return 0 }
    connection.sessions.store(session, division: division)
    return 1
  }

  /// Lets a ticket resume only where the proof in it still counts.
  ///
  /// Otherwise the handshake is a whole one, in which the peer is refused with the alert that says
  /// why.
  private static let checkTicket:
    @convention(c) (
      OpaquePointer?, OpaquePointer?, UnsafePointer<UInt8>?, Int, Int32, UnsafeMutableRawPointer?
    ) -> Int32 = { ssl, session, _, _, status, _ in
      guard status == SSL_TICKET_SUCCESS || status == SSL_TICKET_SUCCESS_RENEW, let session,
        let connection = owner(ssl), connection.files.stillBelieves(session)
      else { return SSL_TICKET_RETURN_IGNORE_RENEW }
      return status == SSL_TICKET_SUCCESS ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW
    }
}
