import ExchangeRules
import HTTPTypes
import Hummingbird
import Logging
import Operator
import Presentation
import Wire

/// The first and the last that a request meets: where it comes from, what the browser may do with the
/// reply, and how a failure looks.
struct Guarding: RouterMiddleware {
  typealias Context = DeskContext

  func handle(
    _ request: Request, context: DeskContext,
    next: (Request, DeskContext) async throws -> Response
  ) async throws -> Response {
    context.channel.triggerUserOutboundEvent(HeadWatch.Event.headCame, promise: nil)
    defer { context.channel.triggerUserOutboundEvent(HeadWatch.Event.replied, promise: nil) }
    // Each request is a trace of its own, by which an administrator finds what it brought about.
    var response = await TraceContext.$current.withValue(.begin()) {
      do {
        if request.method != .get, request.method != .head, !Guarding.isOwn(request) {
          throw HTTPError(.forbidden)
        }
        return try await next(request, context)
      } catch {
        return Guarding.failure(error, context)
      }
    }
    for (name, value) in Guarding.headers where response.headers[name] == nil {
      response.headers[name] = value
    }
    return response
  }

  /// Whether a form was sent by a page of the desk itself; every browser in use says where it comes from.
  private static func isOwn(_ request: Request) -> Bool {
    if let site = request.headers[.site], site != "same-origin" { return false }
    guard let origin = request.headers[.origin], let host = request.head.authority else {
      return false
    }
    return origin == "https://\(host)" || origin == "http://\(host)"
  }

  private static func failure(_ error: any Error, _ context: DeskContext) -> Response {
    let frame = PageFrame(language: .chinese, session: nil, path: "")
    let status = (error as? any HTTPResponseError)?.status ?? .internalServerError
    let text: BilingualText
    switch status {
    case .notFound:
      text = BilingualText(chinese: "没有这个页面", english: "there is no such page")
    case .forbidden:
      text = BilingualText(
        chinese: "这个请求不是从本工作台的页面发出的，未予办理；请从待办页重新操作",
        english: "the request did not come from a page of this desk and was not carried out")
    case .contentTooLarge:
      text = BilingualText(
        chinese: "文件或内容过大；请分成几个文件", english: "it is too large; send it in parts")
    case .internalServerError:
      // What went wrong may hold what a person typed: its kind alone is logged.
      let trace = TraceContext.current?.identity ?? ""
      context.logger.error(
        "a page failed", metadata: ["kind": "\(type(of: error))", "trace": "\(trace)"])
      text = BilingualText(
        chinese: "程序出错，请告知管理员；追踪号 \(trace)",
        english: "internal; tell the administrator: trace \(trace)")
    default:
      text = BilingualText(
        chinese: "请求有误，未予办理", english: "the request is wrong and was not carried out")
    }
    return Replies.page(
      frame.page(
        frame.language.text("未能办理", "not done"),
        [
          .parent(
            "section", [.leaf("p", [:], text.chinese), .leaf("p", ["lang": "en"], text.english)]),
          .parent("p", [.leaf("a", ["href": "/"], "回到首页 · to the first page")]),
        ]), status: status)
  }

  /// Nothing from elsewhere, no script but the desk's own file, nothing kept, nothing told to others.
  private static let headers: [(HTTPField.Name, String)] = [
    (
      .contentSecurityPolicy,
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
        + "img-src 'self' data:; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'"
    ),
    (.cacheControl, "no-store"), (.contentTypeOptions, "nosniff"),
    (.strictTransportSecurity, "max-age=31536000"), (.referrerPolicy, "same-origin"),
    (.openerPolicy, "same-origin"), (.resourcePolicy, "same-origin"),
    (.permissionsPolicy, "camera=(), geolocation=(), microphone=()"),
  ]
}

extension HTTPField.Name {
  private static func named(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("no header: \(text)") }
    return name
  }

  fileprivate static let site = named("Sec-Fetch-Site")
  fileprivate static let contentTypeOptions = named("X-Content-Type-Options")
  fileprivate static let referrerPolicy = named("Referrer-Policy")
  fileprivate static let openerPolicy = named("Cross-Origin-Opener-Policy")
  fileprivate static let resourcePolicy = named("Cross-Origin-Resource-Policy")
  fileprivate static let permissionsPolicy = named("Permissions-Policy")
}
