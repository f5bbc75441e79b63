import ExchangeRules
import Presentation

/// Where a clerk signs in, and what was typed before it is kept.
struct SignInPage {
  let language: Language
  /// Where to go afterwards.
  let next: String
  /// The account as it was typed.
  var account = ""
  /// Why it did not work, or why it is needed again.
  var reason = ""
  /// What was done before.
  var done = ""
  /// A form that was sent when the session had ended: it goes on after the sign-in.
  var kept = ""

  /// The sign-in that follows the change of a password.
  static func again(after account: String, _ language: Language) -> SignInPage {
    SignInPage(
      language: language, next: "/", account: account,
      done: language.text(
        "密码已更改，请用新密码登录", "the password is changed; sign in with the new one"))
  }

  func page() -> String {
    var parts: [Markup] = []
    if !done.isEmpty {
      parts.append(.element("p", ["class": "said", "role": "status"], [.text("✓ \(done)")]))
    }
    if !reason.isEmpty {
      parts.append(
        .element("p", ["class": "said refused", "role": "alert"], [.text("▲ \(reason)")]))
    }
    if !kept.isEmpty {
      parts.append(
        .leaf(
          "p", ["class": "note"],
          language.text("刚才填写的内容已保留，登录后可继续。", "What you typed is kept; go on after signing in.")))
    }
    parts.append(
      .element(
        "form", ["method": "post", "action": "/sign-in", "class": "card"],
        [
          Form.hidden("lang", language.rawValue), Form.hidden("next", next),
          Form.hidden("kept", kept),
          Form.line(
            "account", language.word(.account), value: account, isRequired: true,
            autocomplete: "username"),
          Form.line(
            "password", language.text("密码", "password"), type: "password", isRequired: true,
            autocomplete: "current-password"),
          Form.button(language.text("登录", "sign in")),
        ]))
    let frame = PageFrame(language: language, session: nil, path: "/sign-in")
    return frame.page(
      language.text("登录", "Sign in"), [.element("div", ["class": "narrow"], parts)])
  }
}
