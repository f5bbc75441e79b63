import COpenSSL

/// What one load of the files made: an `SSL_CTX`, and the revocation lists.
///
/// Never changes; a reload makes another one. Connections keep the one that they began with.
final class LoadedFiles: @unchecked Sendable {
  // An `SSL_CTX` that is no longer configured may be used from every thread.
  let pointer: OpaquePointer
  /// The lists in force; none where no file is set.
  let revocations: RevocationLists
  /// SHA-256 over the trust roots, to tell whether proofs from before a reload still count.
  let trustFingerprint: [UInt8]
  /// SHA-256 of its own certificate; empty where it has none.
  let ownFingerprint: [UInt8]
  /// When its own certificate ends, the roots and the lists do.
  let ends: [ValidityEnd]

  init(
    _ configuration: TLSConfiguration, _ side: TLSSide, _ callbacks: HandshakeCallbacks
  ) throws(TLSFailure) {
    let server = side == .server
    ErrorQueue.clear()
    guard let context = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method()) else {
      throw ErrorQueue.failure(.internal, "no TLS context can be made")
    }
    do {
      try LoadedFiles.restrict(context, configuration.minimumVersion)
      try LoadedFiles.loadIdentity(context, configuration, server: server)
      let roots: [OpaquePointer]
      (roots, trustFingerprint) = try LoadedFiles.loadTrust(context, configuration.trustRootsFile)
      revocations = try LoadedFiles.loadRevocations(
        context, configuration.revocationListFile, roots, callbacks)
    } catch {
      SSL_CTX_free(context)
      throw error
    }
    let own = SSL_CTX_get0_certificate(context)
    ownFingerprint = own.flatMap { PeerIdentity(certificate: $0)?.fingerprint } ?? []
    let ownEnd = own.map {
      ValidityEnd(.certificate, ASN1Text.secondsSince1970(X509_get0_notAfter($0)))
    }
    ends = [ownEnd].compactMap(\.self) + revocations.ends
    LoadedFiles.install(callbacks, context, configuration.application, server: server)
    pointer = context
  }

  deinit {
    SSL_CTX_free(pointer)
  }

  /// Lets tickets of an earlier load go on resuming, where they prove the same.
  func adoptTicketKeys(of earlier: LoadedFiles) {
    guard earlier.trustFingerprint == trustFingerprint else { return }
    // OpenSSL 3 tells the size when asked without a buffer.
    let size = COpenSSL_CTX_get_ticket_keys(earlier.pointer, nil, 0)
    guard size > 0 else { return }
    var keys = [UInt8](repeating: 0, count: Int(size))
    defer { keys.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) } }
    if COpenSSL_CTX_get_ticket_keys(earlier.pointer, &keys, size) == 1 {
      _ = COpenSSL_CTX_set_ticket_keys(pointer, &keys, size)
    }
  }

  /// Whether the certificate in a session still counts: a resumption shows none again.
  ///
  /// A session of a peer without certificate proves nothing and may be resumed. One whose issuer is
  /// an authority between may not: a ticket holds no chain in which that authority could be looked
  /// up.
  func stillBelieves(_ session: OpaquePointer) -> Bool {
    guard let certificate = SSL_SESSION_get0_peer(session) else { return true }
    return revocations.stillBelieve(certificate)
  }

  private static func restrict(
    _ context: OpaquePointer, _ minimum: TLSConfiguration.Version
  ) throws(TLSFailure) {
    SSL_CTX_set_security_level(context, 2)
    let done =
      COpenSSL_CTX_set_min_proto_version(context, minimum == .v13 ? TLS1_3_VERSION : TLS1_2_VERSION)
      == 1 && COpenSSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1
      && SSL_CTX_set_ciphersuites(context, TLSLimits.suites) == 1
      && SSL_CTX_set_cipher_list(context, TLSLimits.suites12) == 1
      && COpenSSL_CTX_set1_groups_list(context, TLSLimits.groups) == 1
      && COpenSSL_CTX_set1_sigalgs_list(context, TLSLimits.signatures) == 1
    guard done else {
      throw ErrorQueue.failure(.internal, "this OpenSSL lacks a suite, group or signature needed")
    }
    SSL_CTX_set_options(
      context,
      COpenSSL_OP_NO_COMPRESSION() | COpenSSL_OP_NO_RENEGOTIATION()
        | COpenSSL_OP_CIPHER_SERVER_PREFERENCE())
    // An idle connection gives its two record buffers back: 32 KiB for each of ten thousand.
    COpenSSL_CTX_set_mode(context, Int(SSL_MODE_RELEASE_BUFFERS))
    COpenSSL_CTX_set_max_cert_list(context, TLSLimits.certificateChainBytes)
    SSL_CTX_set_verify_depth(context, TLSLimits.chainDepth)
    SSL_CTX_set_timeout(context, TLSLimits.sessionSeconds)
    SSL_CTX_set_max_early_data(context, 0)
  }

  private static func loadIdentity(
    _ context: OpaquePointer, _ configuration: TLSConfiguration, server: Bool
  ) throws(TLSFailure) {
    guard let chainFile = configuration.certificateChainFile,
      let keyFile = configuration.privateKeyFile
    else {
      if configuration.certificateChainFile == nil, configuration.privateKeyFile == nil, !server {
        return
      }
      throw TLSFailure(
        .invalidArgument,
        server
          ? "a server needs certificateChainFile and privateKeyFile"
          : "certificateChainFile and privateKeyFile are set both or neither")
    }
    let bytes = try PEMFile.bytes(chainFile, what: "certificate")
    var chain = try PEMFile.certificates(bytes, path: chainFile, what: "certificate")[...]
    defer { for certificate in chain { X509_free(certificate) } }
    let key = try PEMFile.ownPrivateKey(keyFile)
    defer { EVP_PKEY_free(key) }
    ErrorQueue.clear()
    guard let leaf = chain.first, SSL_CTX_use_certificate(context, leaf) == 1 else {
      throw ErrorQueue.failure(
        .malformedCertificate, "certificate \(chainFile): OpenSSL will not use it")
    }
    guard X509_check_private_key(leaf, key) == 1, SSL_CTX_use_PrivateKey(context, key) == 1 else {
      throw ErrorQueue.failure(
        .keyMismatch, "private key \(keyFile): key does not match certificate \(chainFile)")
    }
    X509_free(leaf)
    chain.removeFirst()
    while let link = chain.first {
      // On success the context owns the certificate.
      guard COpenSSL_CTX_add0_chain_cert(context, link) == 1 else {
        throw ErrorQueue.failure(
          .malformedCertificate, "certificate \(chainFile): a chain that OpenSSL will not use")
      }
      chain.removeFirst()
    }
  }

  /// The roots, which the caller frees, and the fingerprint of their file.
  private static func loadTrust(
    _ context: OpaquePointer, _ file: String
  ) throws(TLSFailure) -> ([OpaquePointer], [UInt8]) {
    let bytes = try PEMFile.bytes(file, what: "trust roots")
    let roots = try PEMFile.certificates(bytes, path: file, what: "trust roots")
    let store = SSL_CTX_get_cert_store(context)
    guard store != nil, roots.allSatisfy({ X509_STORE_add_cert(store, $0) == 1 }) else {
      for root in roots { X509_free(root) }
      throw ErrorQueue.failure(
        .malformedCertificate, "trust roots \(file): OpenSSL will not use one of them")
    }
    var digest = [UInt8](repeating: 0, count: 32)
    SHA256(bytes, bytes.count, &digest)
    return (roots, digest)
  }

  /// The lists of a file, if one is set; takes over the roots.
  private static func loadRevocations(
    _ context: OpaquePointer, _ file: String?, _ roots: [OpaquePointer],
    _ callbacks: HandshakeCallbacks
  ) throws(TLSFailure) -> RevocationLists {
    guard let file else { return try RevocationLists(owning: [], roots: roots, file: "") }
    let found: [OpaquePointer]
    do throws(TLSFailure) {
      found = try PEMFile.revocationLists(
        try PEMFile.bytes(file, what: "revocation list"), path: file)
    } catch {
      for root in roots { X509_free(root) }
      throw error
    }
    let lists = try RevocationLists(owning: found, roots: roots, file: file)
    let store = SSL_CTX_get_cert_store(context)
    X509_STORE_set_lookup_crls(store, callbacks.findRevocationLists)
    X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
    return lists
  }

  private static func install(
    _ callbacks: HandshakeCallbacks, _ context: OpaquePointer, _ application: ApplicationProtocol,
    server: Bool
  ) {
    if server {
      if application == .exchange {
        // Asks for a certificate and lets those come who have none: operators prove themselves by
        // password afterwards, and the RPC layer refuses a node role without one.
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, callbacks.verifyPeer)
      }
      SSL_CTX_set_num_tickets(context, TLSLimits.ticketsPerHandshake)
      // Tickets carry the session, so nothing is kept per client.
      COpenSSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
      application.serve(on: context)
      SSL_CTX_set_session_ticket_cb(context, nil, callbacks.checkTicket, nil)
    } else {
      SSL_CTX_set_verify(context, SSL_VERIFY_PEER, callbacks.verifyPeer)
      COpenSSL_CTX_set_session_cache_mode(
        context, Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL))
      SSL_CTX_sess_set_new_cb(context, callbacks.keepSession)
      let list = application.wireList
      SSL_CTX_set_alpn_protos(context, list, UInt32(list.count))
    }
  }
}
