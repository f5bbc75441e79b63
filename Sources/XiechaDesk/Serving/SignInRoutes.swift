import Credentials
import ExchangeProtos
import ExchangeRules
import HTTPTypes
import Hummingbird
import Operator
import Presentation
import Wire

/// In and out: the only pages that nobody need be signed in for.
struct SignInRoutes: Sendable {
  let visits: Visits
  let door: SignInDoor

  func add(to router: Router<DeskContext>) {
    router.get("sign-in") { request, _ in
      let query = FormFields(encoded: request.uri.query ?? "") ?? FormFields([])
      let language = Language(rawValue: query["lang"]) ?? .chinese
      return Replies.page(
        SignInPage(language: language, next: LocalPath.read(query["next"])).page())
    }
    router.post("sign-in") { request, context in
      try await signIn(
        try await Visits.form(of: request, context), before: visits.session(of: request))
    }
    router.post("sign-in/password") { request, context in
      try await changeExpired(try await Visits.form(of: request, context))
    }
    router.post(
      "sign-out",
      use: visits.take { visit in
        visits.book.end(visit.session)
        var response = Replies.go(to: "/sign-in")
        response.headers[.setCookie] = Visits.cookie(of: nil)
        return response
      })
    // The clerk is there: the visit itself is what keeps the session.
    router.post("stay", use: visits.take { _ in Response(status: .noContent) })
    router.post(
      "language",
      use: visits.take { visit in
        visit.session.language = visit.language == .chinese ? .english : .chinese
        return Replies.go(to: LocalPath.read(visit.form["back"]))
      })
  }

  /// Changes a password that opens nothing else any more.
  private func changeExpired(_ form: FormFields) async throws -> Response {
    let language = Language(rawValue: form["lang"]) ?? .chinese
    let account = form["account"]
    let typed = PasswordForm.Typed(form)
    var page = ExpiredPasswordPage(language: language, account: account)
    page.fault = PasswordForm(language: language, account: account).fault(of: typed)
    guard page.fault.isEmpty else { return Replies.page(page.page()) }
    do {
      try await door.changePassword(
        of: account, present: typed.present, verifier: ScramVerifier(password: typed.new).text)
    } catch {
      page.fault = Told.text(of: error, language)
      return Replies.page(page.page(), status: .forbidden)
    }
    return Replies.page(SignInPage.again(after: account, language).page())
  }

  /// A new key with each sign-in: one that was known before it opens nothing.
  private func signIn(_ form: FormFields, before: ClerkSession?) async throws -> Response {
    let language = Language(rawValue: form["lang"]) ?? .chinese
    let next = LocalPath.read(form["next"])
    let kept = FormFields(encoded: form["kept"]) ?? FormFields([])
    let session: ClerkSession
    do {
      session = try await door.signIn(
        account: form["account"], password: form.pairs.first { $0.name == "password" }?.value ?? "",
        language: language)
    } catch let failure as CallFailure where failure.isExpiredPassword {
      return Replies.page(
        ExpiredPasswordPage(language: language, account: form["account"]).page())
    } catch {
      return Replies.page(
        SignInPage(
          language: language, next: next, account: form["account"],
          reason: Told.text(of: error, language), kept: form["kept"]
        ).page(), status: .forbidden)
    }
    if let before { visits.book.end(before) }
    let last = session.who.previousSignIn
    if last != 0 {
      session.say(
        language.text(
          "上次登录：\(ChinaTime.text(last))。如非本人，请立即更改密码。",
          "signed in before: \(ChinaTime.text(last)). If it was not you, change your password now.")
      )
    }
    var response =
      kept.pairs.isEmpty
      ? Replies.go(to: next)
      : Replies.page(KeptFormPage(session: session, path: next, fields: kept).page())
    response.headers[.setCookie] = Visits.cookie(of: session.key)
    return response
  }
}

extension CallFailure {
  /// Whether the password was right, and is too old for anything but its change (AUTH-1).
  fileprivate var isExpiredPassword: Bool { reason == FailureReason.passwordExpired.rawValue }
}
