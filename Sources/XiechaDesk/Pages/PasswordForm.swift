import Credentials
import ExchangeRules
import Presentation

/// The fields that change a password, and what keeps a new one from being taken (S8.1).
///
/// It is judged here and never travels.
struct PasswordForm {
  let language: Language
  let account: String

  /// What was typed, with every blank of it.
  struct Typed {
    let present: String
    let new: String
    let again: String

    init(_ form: FormFields) {
      func typed(_ name: String) -> String { form.pairs.first { $0.name == name }?.value ?? "" }
      (present, new, again) =
        (typed("present-password"), typed("new-password"), typed("password-again"))
    }
  }

  func fields(fault: String) -> [Markup] {
    [
      // So that a browser that keeps passwords knows whose this is.
      .element(
        "input",
        [
          "type": "hidden", "name": "username", "autocomplete": "username", "value": account,
        ], []),
      Form.line(
        "present-password", language.text("现密码", "present password"), type: "password",
        isRequired: true, autocomplete: "current-password"),
      Form.line(
        "new-password", language.text("新密码", "new password"), type: "password",
        hint: language.text("更改后各处的登录都会结束", "all sign-ins of the account end then"),
        fault: fault, isRequired: true, autocomplete: "new-password"),
      Form.line(
        "password-again", language.text("再输入一次", "once more"), type: "password",
        isRequired: true, autocomplete: "new-password"),
      Form.button(language.text("更改", "change it")),
    ]
  }

  /// What keeps a new password from being taken; empty where nothing does.
  func fault(of typed: Typed) -> String {
    guard typed.new == typed.again else {
      return language.text("两次输入的密码不同", "the two passwords differ")
    }
    let policy = PasswordPolicy.standard
    var weaknesses = policy.weaknesses(of: typed.new, account: account)
    let earlier = ScramVerifier(
      password: typed.present, iterations: ScramVerifier.secretIterations)
    if policy.isRepeated(typed.new, earlier: [earlier]) { weaknesses.append(.repeated) }
    return weaknesses.map { language == .chinese ? $0.chinese : $0.english }
      .joined(separator: " ")
  }
}
