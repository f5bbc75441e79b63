/// How a number is shown, as far as it says what the number is.
enum NumberForm: Hashable {
  case plain
  /// So many digits at least, with zeros in front: a code that was typed as a number.
  case padded(Int)
  /// A day; `showsDay` is false where only year and month are shown, so that the day is nobody's
  /// statement.
  case date(showsDay: Bool)
  case timeOfDay
}

/// The number formats of a workbook's styles (ECMA-376, 18.8.30 and 18.8.31).
final class NumberFormats: MarkupTaker {
  private var codes: [Int: String] = [:]
  private var forms: [NumberForm] = []
  private var isCellStyles = false

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws(WorkbookFailure) {
    if name == "numFmt" {
      guard let id = attributes.number(of: "numFmtId"), let code = attributes.text(of: "formatCode")
      else { return }
      codes[id] = code
    } else if name == "cellXfs" {
      isCellStyles = true
    } else if name == "xf", isCellStyles {
      forms.append(form(of: attributes.number(of: "numFmtId") ?? 0))
    }
    guard codes.count <= WorkbookLimits.styles, forms.count <= WorkbookLimits.styles else {
      throw WorkbookFailure(.tooLarge, "styles")
    }
  }

  func end(_ name: MarkupName) {
    if name == "cellXfs" { isCellStyles = false }
  }

  /// The form of a cell's style; plain where there is none.
  subscript(style: Int?) -> NumberForm {
    guard let style, forms.indices.contains(style) else { return .plain }
    return forms[style]
  }

  private func form(of id: Int) -> NumberForm {
    if let code = codes[id] { return NumberFormats.form(ofCode: code) }
    // The formats that have a number only, in a Chinese program.
    switch id {
    case 14, 15, 16, 22, 28...31, 51, 53, 54, 58: return .date(showsDay: true)
    case 17, 27, 36, 50, 52, 57: return .date(showsDay: false)
    case 18...21, 32...35, 45...47, 55, 56: return .timeOfDay
    default: return .plain
    }
  }

  /// What a format says in its first part, apart from texts in it and conditions before it.
  static func form(ofCode code: String) -> NumberForm {
    let signs = signs(of: code).lowercased().replacing("general", with: "")
    if !signs.isEmpty, signs.allSatisfy({ $0 == "0" }) {
      return signs.count > 1 ? .padded(min(signs.count, 32)) : .plain
    }
    let (hasYear, hasDay) = (signs.contains("y") || signs.contains("e"), signs.contains("d"))
    let hasTime = signs.contains("h") || signs.contains("s")
    // A month beside hours or seconds is minutes.
    let hasMonth = signs.contains("m") && !(hasTime && !hasYear && !hasDay)
    if signs.contains(where: { "0#?".contains($0) }), !hasTime, !hasDay { return .plain }
    if hasDay || hasMonth || signs.contains("y") { return .date(showsDay: hasDay) }
    return hasTime ? .timeOfDay : .plain
  }

  /// The signs of a format's first part that stand for something.
  private static func signs(of code: String) -> String {
    var signs = ""
    var rest = code[...]
    while let sign = rest.popFirst(), sign != ";" {
      switch sign {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inner = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inner.count + 1)
        // Hours that count past a day; anything else is a colour, a place or a condition.
        if let first = inner.lowercased().first, inner.lowercased().allSatisfy({ $0 == first }),
          "hms".contains(first)
        {
          signs += inner
        }
      case " ", "@": continue
      default: signs.append(sign)
      }
    }
    return signs
  }
}
