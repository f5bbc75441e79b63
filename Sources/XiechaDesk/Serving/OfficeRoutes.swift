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
    router.get("help", use: visits.show { HelpPage(visit: $0).page() })
    router.get("account", use: visits.show { AccountPage(visit: $0).page() })
    router.post("account", use: visits.take(changePassword))
  }

  /// The new one is judged here and never travels; this sign-in ends with all the others.
  private func changePassword(_ visit: Visit) async throws -> Response {
    func typed(_ name: String) -> String {
      visit.form.pairs.first { $0.name == name }?.value ?? ""
    }
    let page = AccountPage(visit: visit)
    let (present, new) = (typed("present-password"), typed("new-password"))
    let fault = page.fault(of: new, present: present, again: typed("password-again"))
    guard fault.isEmpty else { return page.page(fault: fault) }
    do {
      try await door.changePassword(
        of: visit.session.account, present: present, verifier: ScramVerifier(password: new).text)
    } catch {
      return page.page(fault: visit.reason(of: error))
    }
    visits.book.end(visit.session)
    return Replies.page(
      SignInPage(
        language: visit.language, next: "/todo", account: visit.session.account,
        reason: visit.text("密码已更改，请用新密码登录", "the password is changed; sign in with the new one")
      ).page())
  }
}
