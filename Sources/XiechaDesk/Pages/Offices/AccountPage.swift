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
          PasswordForm(language: language, account: visit.session.account).fields(fault: fault)),
      ])
  }
}
