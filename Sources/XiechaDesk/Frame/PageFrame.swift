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
    Markup.element("html", root, [head(title), .parent("body", body(title, content))])
      .write(to: &text)
    return text + "\n"
  }

  /// The language, and what the script says before a session ends (S8.1).
  private var root: Markup.Attributes {
    let attributes: Markup.Attributes = ["lang": language == .chinese ? "zh-CN" : "en"]
    guard session != nil else { return attributes }
    return
      attributes.with("data-idle", "\(DeskLimits.idleMinutes * 60)")
      .with("data-warn", "\(DeskLimits.warningMinutes * 60)")
      .with(
        "data-ends",
        language.text(
          "许久没有操作，即将自动退出；填写的内容会保留。",
          "Nothing was done for a while: you are about to be signed out. What you typed is kept.")
      )
      .with("data-stay", language.text("继续工作", "go on"))
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
        .element("script", ["src": Script.path, "defer": "defer"], []),
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
    let links = Places(session: session).all.map { place in
      Markup.element(
        "a",
        Markup.Attributes(dictionaryLiteral: ("href", place.path))
          .with("aria-current", "page", if: path.hasPrefix(place.path)),
        [.text(place.label[language])])
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
}
