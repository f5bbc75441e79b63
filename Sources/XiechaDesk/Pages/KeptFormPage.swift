import ExchangeRules
import Presentation

/// A form that is sent again by the clerk who has just signed in.
struct KeptFormPage {
  let session: ClerkSession
  let path: String
  let fields: FormFields

  func page() -> String {
    let language = session.language
    let frame = PageFrame(language: language, session: session, path: path)
    return frame.page(
      language.text("继续刚才的操作", "Go on"),
      [
        .leaf(
          "p", [:],
          language.text(
            "您刚才填写的内容还在，尚未提交。", "What you typed is still here and was not sent yet.")),
        Form.post(
          path, token: session.token, class: "row",
          fields.without(["token"]).pairs.map { Form.hidden($0.name, $0.value) } + [
            Form.button(language.text("继续提交", "send it now")),
            .leaf("a", ["href": "/"], language.text("放弃，回到首页", "drop it, to my first page")),
          ]),
      ])
  }
}
