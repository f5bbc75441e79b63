import ExchangeRules
import Presentation

/// What a password that is too old still opens: its own change (AUTH-1).
struct ExpiredPasswordPage {
  let language: Language
  let account: String
  var fault = ""

  func page() -> String {
    let form = PasswordForm(language: language, account: account)
    return PageFrame(language: language, session: nil, path: "/sign-in").page(
      language.text("更改密码", "Change the password"),
      [
        .element(
          "div", ["class": "narrow"],
          [
            .element(
              "p", ["class": "note", "role": "status"],
              [
                .text(
                  language.text(
                    "密码使用已满九十天，更改后才能登录。",
                    "The password is older than ninety days: change it, then sign in."))
              ]),
            .element(
              "form", ["method": "post", "action": "/sign-in/password", "class": "card"],
              [
                Form.hidden("lang", language.rawValue), Form.hidden("account", account),
              ] + form.fields(fault: fault)),
          ])
      ])
  }
}
