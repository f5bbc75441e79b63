import CaseFile
import ExchangeRules
import Presentation
import ReferenceData

/// The form of a category: the fields of every case, then those of its record, as the shared schema has
/// them (S3).
///
/// A field bears the heading that its column would have in a case file.
struct RowForm {
  let category: ExchangeRules.Category
  let language: Language
  /// What was filled in.
  let form: FormFields
  /// What is wrong, by heading.
  let faults: [String: String]

  /// The fields of the person, and of the question or the record.
  func markup() -> [Markup] {
    [
      group(language.text("对象", "person"), person()),
      category == .assist
        ? group(language.text("协查内容", "question"), question())
        : group(category.label[language], record()),
    ]
  }

  private func group(_ title: String, _ fields: [Markup]) -> Markup {
    .parent(
      "section", [.leaf("h2", [:], title), .element("div", ["class": "grid"], fields)])
  }

  private func person() -> [Markup] {
    [
      line(.name), line(.citizenID),
      line(
        .noCitizenIDReason,
        hint: language.text("没有号码或号码存疑时填写", "where there is no number, or a doubtful one")),
      choice(
        .sex, [("女", Sex.female.label[language]), ("男", Sex.male.label[language])]),
      line(.birthDate, hint: dateHint),
      line(.residenceCode, hint: language.text("至少 6 位", "6 digits or more")),
      line(.residenceText, hint: language.text("到门牌", "down to the house")),
      line(.householdCode, hint: language.text("到村，12 位", "to the village: 12 digits")),
      line(.householdText),
      choice(
        .currentlyPregnant, [("否", language.word(.no)), ("是", language.word(.yes))]),
      line(.lastBirth, hint: dateHint),
      choice(
        .certificate,
        [
          ("有证", CertificateStatus.valid.label[language]),
          ("没有证", CertificateStatus.none.label[language]),
          ("不规范", CertificateStatus.nonConforming.label[language]),
          ("不详", CertificateStatus.unknown.label[language]),
        ]),
      choice(
        .contraception,
        [
          ("长效", Contraception.longActing.label[language]),
          ("其他", Contraception.other.label[language]),
          ("未避孕", Contraception.none.label[language]),
          ("不详", Contraception.unknown.label[language]),
        ]), line(.telephone),
    ] + (category == .assist ? [] : [line(.occurred, hint: dateHint)]) + [line(.remark)]
  }

  private func question() -> [Markup] {
    let chosen = Set(form.all(CaseField.checkItems.heading))
    let items = CheckItem.allCases.map { item in
      Form.tick(
        "checkbox", CaseField.checkItems.heading, item.name, item.label[language],
        isOn: chosen.contains(item.name))
    }
    let fault = faults[CaseField.checkItems.heading] ?? ""
    return [
      .parent(
        "fieldset",
        [.leaf("legend", [:], CaseField.checkItems.label[language])] + items
          + (fault.isEmpty ? [] : [.leaf("p", ["class": "fault"], "▲ \(fault)")])),
      line(.question),
    ]
  }

  private func record() -> [Markup] {
    RecordSchema.of(category).fields.filter { $0.name != "remark" }.map { field in
      let name = "\(category.word).\(field.name)"
      let label = field.label[language] + (field.isRequired ? " *" : "")
      let (value, fault) = (form[name], faults[name] ?? "")
      switch field.type {
      case .code(let table):
        let entries = CodeTables.national[table]?.entries ?? []
        return Form.choice(
          name, label, [("", "")] + entries.map { ($0.code, "\($0.code) \($0.name)") },
          chosen: value, fault: fault)
      case .flag:
        return Form.choice(
          name, label, [("", ""), ("是", language.word(.yes)), ("否", language.word(.no))],
          chosen: value, fault: fault)
      case .date: return Form.line(name, label, value: value, hint: dateHint, fault: fault)
      case .money:
        return Form.line(
          name, label, value: value, hint: language.text("元，如 120.50", "yuan, such as 120.50"),
          fault: fault)
      default: return Form.line(name, label, value: value, fault: fault)
      }
    }
  }

  private var dateHint: String { language.text("如 2026-11-27", "such as 2026-11-27") }

  private func line(_ field: CaseField, hint: String = "") -> Markup {
    let name = field.heading
    return Form.line(
      name, field.label[language] + (field.isMandatory ? " *" : ""), value: form[name], hint: hint,
      fault: faults[name] ?? "")
  }

  private func choice(
    _ field: CaseField, _ words: [(value: String, text: String)]
  ) -> Markup {
    let name = field.heading
    return Form.choice(
      name, field.label[language], [("", "")] + words, chosen: form[name],
      fault: faults[name] ?? "")
  }
}
