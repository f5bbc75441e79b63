import Presentation

/// The pages beside a page, of which one is shown.
enum Tabs {
  static func markup(
    _ label: String, _ tabs: [(path: String, text: String)], shown: String
  ) -> Markup {
    .element(
      "nav", ["aria-label": label, "class": "row no-print"],
      tabs.map { tab in
        .element(
          "a",
          Markup.Attributes(dictionaryLiteral: ("href", tab.path))
            .with("aria-current", "true", if: tab.path == shown), [.text(tab.text)])
      })
  }
}
