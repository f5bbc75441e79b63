import Hummingbird
import Presentation

/// The manual for clerks, page by page; it prints as it stands.
struct HelpPage {
  let visit: Visit

  func page() -> Response {
    visit.page(visit.text("帮助", "Help"), chapters.map(section))
  }

  private func section(_ chapter: (title: String, lines: [String])) -> Markup {
    .parent(
      "section",
      [
        .leaf("h2", [:], chapter.title),
        .element("ol", ["class": "plain"], chapter.lines.map { .leaf("li", [:], $0) }),
      ])
  }

  private var chapters: [(title: String, lines: [String])] {
    [
      (
        visit.text("每天先看“待办”", "Begin with the to-do page"),
        [
          visit.text(
            "先到期的在前。▲ 已逾期，◆ 三天内到期，■ 加急。",
            "Soonest due first. ▲ is late, ◆ is due within three days, ■ is urgent."),
          visit.text(
            "“待接收”的可勾选后一起接收；接收即开始计算反馈时限。",
            "Tick what was delivered and receive it together; receipt starts the clock of the answer."
          ),
          visit.text(
            "县级可“分解”到乡镇：不填代码就按户籍地分解。",
            "A county splits by township: by the household address where no code is given."),
        ]
      ),
      (
        visit.text("查找并反馈", "Search and answer"),
        [
          visit.text(
            "按顺序查：育龄妇女数据库、手工台账、公安户籍管理，每查一处记一次。",
            "Search in order: women's register, paper ledger, household register; record each."),
          visit.text(
            "三处都没有，才能反馈“查无此人”，并写明原因。",
            "Only if none of the three has her, answer not found, with the reason."),
          visit.text(
            "信息不符时，逐项写明登记内容。", "Where it differs, write for each item what is registered."),
          visit.text(
            "下村前可打印核查表。", "Print the verification sheet before a walk to the village."),
        ]
      ),
      (
        visit.text("录入与导入", "Enter and import"),
        [
          visit.text(
            "录入前可先“只检查”：哪一项不对、怎么改，都写在该项下面。",
            "Check first: what is wrong and what to do stands below the field."),
          visit.text(
            "导入 Excel 或 CSV：合格的行录入；不合格的行可下载，更正后再导入，不会重复。",
            "Import XLSX or CSV: good rows go in; download the others, correct and import them again."
          ),
          visit.text("录入后在“发件”里发送。", "Send what was entered from the outbox."),
        ]
      ),
      (
        visit.text("个人信息", "Personal data"),
        [
          visit.text(
            "列表中的姓名和号码已遮盖；查看全部内容要写明目的，并会留痕。",
            "Lists are masked; to read a record you give a purpose, which leaves a trace."),
          visit.text(
            "半小时不操作会自动退出；没交上的内容会保留到重新登录。",
            "After half an hour without a click you are signed out; what you typed is kept."),
        ]
      ),
    ]
  }
}
