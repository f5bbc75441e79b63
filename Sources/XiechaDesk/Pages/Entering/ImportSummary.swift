import ExchangeRules
import Operator
import Presentation

/// What became of an import, in a few lines.
struct ImportSummary {
  let outcome: ImportWork.Outcome
  let language: Language
  private var result: ImportRun.Result { outcome.result }

  func markup() -> [Markup] {
    let refused = result.rejected.count
    let text =
      outcome.wasCheck
      ? language.text(
        "检查 \(result.read) 行：合格 \(result.read - refused)，有问题 \(refused)；尚未录入",
        "\(result.read) rows checked: \(result.read - refused) good, \(refused) faulty; nothing entered"
      )
      : language.text(
        "读取 \(result.read) 行：录入 \(result.entered)，此前已录入 \(result.known)，未导入 \(refused)",
        "\(result.read) rows read: \(result.entered) entered, \(result.known) entered before, "
          + "\(refused) not taken")
    var lines: [Markup] = [
      .element(
        "p", ["class": refused == 0 ? "said" : "said refused", "role": "status"],
        [.text("\(refused == 0 ? "✓" : "▲") \(text)")])
    ]
    if let failure = result.failure {
      lines.append(
        .leaf(
          "p", ["class": "said refused"],
          "▲ \(Told.text(of: failure, language)) "
            + language.text("请稍后再次导入同一文件，已录入的行不会重复。", "Import the same file again later.")))
    }
    for (heading, changed) in result.changed.sorted(by: { $0.key < $1.key }) {
      lines.append(
        .leaf(
          "p", ["class": "soft"],
          language.text(
            "“\(heading)”有 \(changed.rows) 处读入时作了规范：\(changed.made.label.chinese)",
            "\(heading): read otherwise than written in \(changed.rows) rows: "
              + changed.made.label.english)))
    }
    lines += NoticeText.lines(of: result.noticesDue, language).map {
      .leaf("p", ["class": "note"], $0)
    }
    return lines
  }
}
