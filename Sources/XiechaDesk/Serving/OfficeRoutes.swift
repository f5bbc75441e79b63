import Credentials
import Hummingbird
import Presentation

/// Letters, one's own account, the manual.
struct OfficeRoutes: Sendable {
  let visits: Visits
  let door: SignInDoor

  func add(to router: Router<DeskContext>) {
    router.get("letters", use: visits.show { try await LettersPage(visit: $0).page() })
    router.post(
      "letters/acknowledge", use: visits.take { try await LettersPage(visit: $0).acknowledge() })
    router.get("letters/:letter", use: visits.show { try await LetterPage(visit: $0).page() })
    router.get(
      "letters/:letter/:format", use: visits.show { try await LetterPage(visit: $0).file() })
    router.get("help", use: visits.show { HelpPage(visit: $0).page() })
    router.get("account", use: visits.show { AccountPage(visit: $0).page() })
    router.post("account", use: visits.take(changePassword))
  }

  /// The new one is judged here and never travels; this sign-in ends with all the others.
  private func changePassword(_ visit: Visit) async throws -> Response {
    let page = AccountPage(visit: visit)
    let typed = PasswordForm.Typed(visit.form)
    let fault = PasswordForm(language: visit.language, account: visit.session.account)
      .fault(of: typed)
    guard fault.isEmpty else { return page.page(fault: fault) }
    do {
      try await door.changePassword(
        of: visit.session.account, present: typed.present,
        verifier: ScramVerifier(password: typed.new).text)
    } catch {
      return page.page(fault: visit.reason(of: error))
    }
    visits.book.end(visit.session)
    return Replies.page(
      SignInPage.again(after: visit.session.account, visit.language).page())
  }
}
