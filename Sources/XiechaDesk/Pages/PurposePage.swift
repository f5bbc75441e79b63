import Hummingbird
import Operator
import Presentation

/// The question that comes before whole records (G2): what they are looked at for, asked once.
struct PurposePage {
  let visit: Visit

  /// Asks for the purpose of some items or persons, and leads back to the page that needs it.
  func ask(_ ids: [[UInt8]], usual: [String]) -> Response {
    visit.page(
      visit.text("查看目的", "Purpose"),
      [
        .element(
          "div", ["class": "narrow"],
          [
            .leaf(
              "p", [:],
              visit.text(
                "查看个人记录会留痕：谁、何时、为何。目的只问一次。",
                "Reading a person's record leaves a trace: who, when and why. You are asked once.")),
            Form.post(
              "/purpose", token: visit.session.token, class: "card",
              ids.map { Form.hidden("of", ItemName.full($0)) } + [
                Form.hidden("back", visit.address),
                .element(
                  "fieldset", [:],
                  [.leaf("legend", [:], visit.text("目的", "purpose"))]
                    + usual.enumerated().map { place, text in
                      Form.tick("radio", "choice", text, text, isOn: place == 0)
                    }),
                Form.line("purpose", visit.text("其他目的", "another purpose")),
                Form.button(visit.text("查看", "show it")),
              ]),
          ])
      ])
  }

  /// Takes the purpose and goes on to the page that asked for it.
  func take() -> Response {
    let purpose = visit.form["purpose"] == "" ? visit.form["choice"] : visit.form["purpose"]
    if !purpose.isEmpty {
      for name in visit.form.all("of") {
        if case .whole(let id)? = ItemName.read(name) {
          visit.session.remember(purpose: purpose, of: id)
        }
      }
    }
    return Replies.go(to: LocalPath.read(visit.form["back"]))
  }
}
