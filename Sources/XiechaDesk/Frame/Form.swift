import ExchangeRules
import Presentation

/// The parts of forms, each with its label, so that whoever hears a page finds its way too.
enum Form {
  /// A form that is sent to a path of the desk, with what proves that it is the session's own; `check` is
  /// the path that the script asks as it is typed.
  static func post(
    _ path: String, token: String, class kind: String = "", upload: Bool = false,
    checkedBy check: String = "", _ parts: [Markup]
  ) -> Markup {
    .element(
      "form",
      Markup.Attributes(dictionaryLiteral: ("method", "post"), ("action", path))
        .with("class", kind, if: !kind.isEmpty)
        .with("enctype", "multipart/form-data", if: upload)
        .with("data-check", check, if: !check.isEmpty),
      [hidden("token", token)] + parts)
  }

  /// A form whose fields go into the address, which so can be kept or sent on: filters, never a person.
  static func filter(_ path: String, _ language: Language, _ parts: [Markup]) -> Markup {
    .element(
      "form", ["method": "get", "action": path, "class": "row no-print"],
      parts + [.leaf("button", [:], language.text("筛选", "filter"))])
  }

  static func hidden(_ name: String, _ value: String) -> Markup {
    .element("input", ["type": "hidden", "name": name, "value": value], [])
  }

  /// A labelled line, with what is wrong with it and what would help.
  static func line(
    _ name: String, _ label: String, value: String = "", type: String = "text",
    hint: String = "", fault: String = "", isRequired: Bool = false, autocomplete: String = "off"
  ) -> Markup {
    let attributes = Markup.Attributes(
      dictionaryLiteral: ("id", name), ("name", name), ("type", type),
      ("autocomplete", autocomplete))
    return field(
      name, label, hint: hint, fault: fault,
      .element(
        "input",
        described(attributes, name, hint, fault).with("value", value, if: type != "password")
          .with("required", "required", if: isRequired), []))
  }

  /// A labelled text of several lines.
  static func text(
    _ name: String, _ label: String, value: String = "", hint: String = "", fault: String = ""
  ) -> Markup {
    let attributes: Markup.Attributes = ["id": name, "name": name, "rows": "3"]
    return field(
      name, label, hint: hint, fault: fault,
      .element("textarea", described(attributes, name, hint, fault), [.text(value)]))
  }

  /// A labelled choice of one.
  static func choice(
    _ name: String, _ label: String, _ options: [(value: String, text: String)], chosen: String,
    hint: String = "", fault: String = ""
  ) -> Markup {
    field(
      name, label, hint: hint, fault: fault,
      .element(
        "select", described(["id": name, "name": name], name, hint, fault),
        options.map { option in
          .element(
            "option",
            Markup.Attributes(dictionaryLiteral: ("value", option.value))
              .with("selected", "selected", if: option.value == chosen),
            [.text(option.text)])
        }))
  }

  /// A tick with its words.
  static func tick(
    _ type: String, _ name: String, _ value: String, _ label: String, isOn: Bool = false
  ) -> Markup {
    .element(
      "label", ["class": "tick"],
      [
        .element(
          "input",
          Markup.Attributes(
            dictionaryLiteral: ("type", type), ("name", name), ("value", value)
          ).with("checked", "checked", if: isOn), []), .text(label),
      ])
  }

  static func button(_ label: String, class kind: String = "first") -> Markup {
    .leaf("button", ["class": kind], label)
  }

  /// A button that sends the form to another path than its own.
  static func button(_ label: String, to path: String, class kind: String = "") -> Markup {
    .element(
      "button",
      Markup.Attributes(dictionaryLiteral: ("formaction", path))
        .with("class", kind, if: !kind.isEmpty), [.text(label)])
  }

  private static func field(
    _ name: String, _ label: String, hint: String, fault: String, _ control: Markup
  ) -> Markup {
    var parts: [Markup] = [.leaf("label", ["for": name], label), control]
    if !hint.isEmpty { parts.append(.leaf("span", ["class": "hint", "id": "\(name)-hint"], hint)) }
    if !fault.isEmpty {
      parts.append(.leaf("span", ["class": "fault", "id": "\(name)-fault"], "▲ \(fault)"))
    }
    return .element("div", ["class": fault.isEmpty ? "field" : "field wrong"], parts)
  }

  private static func described(
    _ attributes: Markup.Attributes, _ name: String, _ hint: String, _ fault: String
  ) -> Markup.Attributes {
    let by = [hint.isEmpty ? nil : "\(name)-hint", fault.isEmpty ? nil : "\(name)-fault"]
      .compactMap(\.self).joined(separator: " ")
    return attributes.with("aria-describedby", by, if: !by.isEmpty)
      .with("aria-invalid", "true", if: !fault.isEmpty)
  }
}
