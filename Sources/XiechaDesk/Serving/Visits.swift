import ExchangeRules
import HTTPTypes
import Hummingbird
import NIOCore
import Operator
import Presentation
import Wire

/// Turns requests into visits: finds the session, reads the form, holds the token against the session's.
struct Visits: Sendable {
  let book: SessionBook
  /// Milliseconds since 1970.
  let now: @Sendable () -> Int64

  /// Bound to the host, to HTTPS and to all paths by its name (RFC 6265bis).
  private static let cookie = "__Host-xiecha"

  typealias Handler = @Sendable (Visit) async throws -> Response

  /// The session that a request's cookie names.
  func session(of request: Request) -> ClerkSession? {
    request.cookies[Visits.cookie].flatMap { book.session(of: $0.value) }
  }

  /// Lax, so that a page's address can be sent to a colleague; what changes something is a form, which
  /// has its token.
  static func cookie(of key: String?) -> String {
    let life = key == nil ? "; Max-Age=0" : ""
    return "\(cookie)=\(key ?? ""); Path=/; Secure; HttpOnly; SameSite=Lax\(life)"
  }

  /// A page: it changes nothing.
  func show(_ handler: @escaping Handler)
    -> @Sendable (Request, DeskContext) async throws -> Response
  {
    { request, context in
      guard let session = session(of: request) else { return Visits.signInFirst(request) }
      return try await visit(request, context, session, form: FormFields([]), handler)
    }
  }

  /// A form: it changes something, so it must bear the session's token.
  func take(_ handler: @escaping Handler)
    -> @Sendable (Request, DeskContext) async throws -> Response
  {
    { request, context in
      let form = try await Visits.form(of: request, context)
      guard let session = session(of: request) else {
        return Visits.signInFirst(request, kept: form)
      }
      guard RandomKey.equal(form["token"], session.token) else { throw HTTPError(.forbidden) }
      return try await visit(request, context, session, form: form, handler)
    }
  }

  /// A form with a file.
  func takeFile(
    _ handler: @escaping @Sendable (Visit, (name: String, bytes: [UInt8])?) async throws -> Response
  ) -> @Sendable (Request, DeskContext) async throws -> Response {
    { request, context in
      guard let session = session(of: request) else { return Visits.signInFirst(request) }
      let type = request.headers[.contentType] ?? ""
      guard type.hasPrefix("multipart/form-data") else { throw HTTPError(.unsupportedMediaType) }
      let body = try await Visits.body(of: request, context, atMost: DeskLimits.uploadBytes)
      guard let sent = MultipartForm(Array(body.readableBytesView), contentType: type) else {
        throw HTTPError(.badRequest)
      }
      guard RandomKey.equal(sent.fields["token"], session.token) else {
        throw HTTPError(.forbidden)
      }
      return try await visit(request, context, session, form: sent.fields) {
        try await handler($0, sent.file)
      }
    }
  }

  private func visit(
    _ request: Request, _ context: DeskContext, _ session: ClerkSession, form: FormFields,
    _ handler: Handler
  ) async throws -> Response {
    let query = FormFields(encoded: request.uri.query ?? "") ?? FormFields([])
    let visit = Visit(
      session: session, address: LocalPath.read(request.uri.string), query: query, form: form,
      parameters: context.parameters, now: now())
    do {
      return try await handler(visit)
    } catch let failure as CallFailure {
      if failure.status == .unauthenticated {
        book.end(session)
        return Visits.signInFirst(request, kept: form)
      }
      return Visits.page(of: failure, visit)
    } catch let failure as ProgramFailure {
      return Visits.page(of: failure, visit)
    }
  }

  /// What a page could not get from the node, in words.
  private static func page(of failure: any Error, _ visit: Visit) -> Response {
    visit.page(
      visit.text("未能办理", "Not done"),
      [
        .element(
          "p", ["class": "said refused", "role": "alert"],
          [.text("▲ \(visit.reason(of: failure))")]),
        .parent("p", [.leaf("a", ["href": "/"], visit.text("回到首页", "to my first page"))]),
      ])
  }

  /// The sign-in, which leads back; a form that was filled in waits for it, unless it holds a password.
  private static func signInFirst(_ request: Request, kept form: FormFields? = nil) -> Response {
    let path = LocalPath.read(request.uri.string)
    let kept = form?.without(["token"]) ?? FormFields([])
    let isKept =
      !kept.without(["back"]).pairs.isEmpty && !kept.pairs.contains { $0.name.contains("password") }
    guard isKept else {
      // What was only sent is no page to come back to.
      let isPage = request.method == .get && path != "/todo" && path != "/"
      let next = FormFields([("next", path)]).encoded
      return Replies.go(to: isPage ? "/sign-in?\(next)" : "/sign-in")
    }
    return Replies.page(
      SignInPage(
        language: .chinese, next: path,
        reason: "登录已结束，请重新登录 · the session has ended; sign in again",
        kept: kept.encoded
      ).page())
  }

  /// The fields of a form that was sent.
  static func form(of request: Request, _ context: DeskContext) async throws -> FormFields {
    let type = request.headers[.contentType] ?? ""
    guard type.hasPrefix("application/x-www-form-urlencoded") else {
      throw HTTPError(.unsupportedMediaType)
    }
    let body = try await Visits.body(of: request, context, atMost: DeskLimits.formBytes)
    guard let form = FormFields(encoded: String(buffer: body)) else { throw HTTPError(.badRequest) }
    return form
  }

  /// The whole body, within its time: whoever sends it a byte now and then holds no connection.
  static func body(
    of request: Request, _ context: DeskContext, atMost bytes: Int
  ) async throws -> ByteBuffer {
    // What says itself that it is too large is not waited for.
    if let length = request.headers[.contentLength], Int(length).map({ $0 > bytes }) ?? true {
      throw HTTPError(.contentTooLarge)
    }
    let channel = context.channel
    let late = channel.eventLoop.scheduleTask(in: .seconds(Int64(DeskLimits.bodySeconds))) {
      channel.close(promise: nil)
    }
    defer { late.cancel() }
    do {
      return try await request.body.collect(upTo: bytes)
    } catch is NIOTooManyBytesError {
      throw HTTPError(.contentTooLarge)
    }
  }
}
