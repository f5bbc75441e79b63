import Credentials
import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// Who is signed in, and the change of one's own password (S8.1).
struct AccountPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page(fault: String = "") -> Response {
    let who = visit.session.who
    var lines = [
      (language.word(.account), visit.session.account),
      (language.word(.role), RoleName.text(of: visit.session.actor.role)[language]),
      (language.word(.division), DivisionText.text(visit.session.actor.division)),
      (language.word(.node), DivisionText.text(who.node)), (language.word(.profile), who.profile),
    ]
    if who.previousSignIn != 0 {
      lines.append(
        (visit.text("上次登录", "signed in before"), ChinaTime.text(who.previousSignIn)))
    }
    return visit.page(
      visit.text("我的账号", "My account"),
      [
        .parent(
          "section",
          [
            .parent(
              "dl", lines.flatMap { [Markup.leaf("dt", [:], $0.0), .leaf("dd", [:], $0.1)] })
          ]), password(fault),
      ])
  }

  private func password(_ fault: String) -> Markup {
    .element(
      "section", ["class": "narrow"],
      [
        .leaf("h2", [:], visit.text("更改密码", "Change the password")),
        Form.post(
          "/account", token: visit.session.token,
          [
            // So that a browser that keeps passwords knows whose this is.
            .element(
              "input",
              [
                "type": "hidden", "name": "username", "autocomplete": "username",
                "value": visit.session.account,
              ], []),
            Form.line(
              "present-password", visit.text("现密码", "present password"), type: "password",
              isRequired: true, autocomplete: "current-password"),
            Form.line(
              "new-password", visit.text("新密码", "new password"), type: "password",
              hint: visit.text("更改后各处的登录都会结束", "all sign-ins of the account end then"),
              fault: fault,
              isRequired: true, autocomplete: "new-password"),
            Form.line(
              "password-again", visit.text("再输入一次", "once more"), type: "password",
              isRequired: true, autocomplete: "new-password"),
            Form.button(visit.text("更改", "change it")),
          ]),
      ])
  }

  /// What keeps a new password from being taken; empty where nothing does.
  func fault(of new: String, present: String, again: String) -> String {
    guard new == again else {
      return visit.text("两次输入的密码不同", "the two passwords differ")
    }
    let policy = PasswordPolicy.standard
    var weaknesses = policy.weaknesses(of: new, account: visit.session.account)
    let earlier = ScramVerifier(password: present, iterations: ScramVerifier.secretIterations)
    if policy.isRepeated(new, earlier: [earlier]) { weaknesses.append(.repeated) }
    return weaknesses.map { language == .chinese ? $0.chinese : $0.english }
      .joined(separator: " ")
  }
}
