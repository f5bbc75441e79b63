import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// What all pages have: head, who is signed in, the way to the other pages, and what is to be said.
struct PageFrame: Sendable {
  let language: Language
  /// Who is signed in; nil before the sign-in.
  let session: ClerkSession?
  /// The path of the page, to mark it in the navigation and to come back to it.
  let path: String

  /// The whole page.
  func page(_ title: String, _ content: [Markup]) -> String {
    var text = "<!DOCTYPE html>\n"
    Markup.element(
      "html", ["lang": language == .chinese ? "zh-CN" : "en"],
      [head(title), .parent("body", body(title, content))]
    ).write(to: &text)
    return text + "\n"
  }

  private func head(_ title: String) -> Markup {
    .parent(
      "head",
      [
        .element("meta", ["charset": "utf-8"], []),
        .element(
          "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"], []),
        .leaf("title", [:], "\(title) · \(language.text("协查工作台", "Xiecha desk"))"),
        .element("link", ["rel": "stylesheet", "href": StyleSheet.path], []),
        .element("link", ["rel": "icon", "href": "data:,"], []),
      ])
  }

  private func body(_ title: String, _ content: [Markup]) -> [Markup] {
    let skip = language.text("跳到内容", "skip to the content")
    let said = (session?.takeSayings() ?? []).map { saying in
      Markup.element(
        "p",
        [
          "class": saying.isRefusal ? "said refused" : "said",
          "role": saying.isRefusal ? "alert" : "status",
        ],
        [.text("\(saying.isRefusal ? "▲" : "✓") \(saying.text)")])
    }
    return [
      .leaf("a", ["class": "skip", "href": "#content"], skip), .parent("header", top()),
      .element("main", ["id": "content"], [.leaf("h1", [:], title)] + said + content),
    ]
  }

  private func top() -> [Markup] {
    let name = Markup.leaf("span", ["class": "name"], language.text("协查工作台", "Xiecha desk"))
    guard let session else { return [name, languageLink()] }
    let links = PageFrame.places(language).map { place in
      Markup.element(
        "a",
        Markup.Attributes(dictionaryLiteral: ("href", place.path))
          .with("aria-current", "page", if: path.hasPrefix(place.path)), [.text(place.label)])
    }
    let who = [
      DivisionText.short(session.actor.division),
      RoleName.text(of: session.actor.role)[language], session.account,
    ].joined(separator: " · ")
    return [
      name,
      .element("nav", ["aria-label": language.text("主要页面", "main pages")], links),
      .element(
        "div", ["class": "who"],
        [
          .leaf("a", ["href": "/account"], who),
          Form.post(
            "/language", token: session.token,
            [
              Form.hidden("back", path),
              Form.button(language.text("English", "中文"), class: "quiet"),
            ]),
          Form.post(
            "/sign-out", token: session.token,
            [Form.button(language.text("退出", "sign out"), class: "quiet")]),
        ]),
    ]
  }

  /// Before the sign-in the language stands in the address, which names nobody.
  private func languageLink() -> Markup {
    .element(
      "div", ["class": "who"],
      [
        .leaf(
          "a", ["href": language == .chinese ? "/sign-in?lang=en" : "/sign-in?lang=zh"],
          language.text("English", "中文"))
      ])
  }

  private static func places(_ language: Language) -> [(path: String, label: String)] {
    [
      ("/todo", language.text("待办", "To do")), ("/inbox", language.text("收件", "Inbox")),
      ("/outbox", language.text("发件", "Outbox")), ("/enter", language.text("录入", "Enter")),
      ("/import", language.text("导入", "Import")), ("/letters", language.text("函件", "Letters")),
      ("/help", language.text("帮助", "Help")),
    ]
  }
}
