import Hummingbird
import Presentation

/// The manual for clerks, page by page, with pictures of the desk; it prints as it stands.
struct HelpPage {
  let visit: Visit

  private struct Chapter {
    let title: String
    var picture: ManualPicture?
    let lines: [String]
  }

  func page() -> Response {
    visit.page(
      visit.text("操作手册", "Manual"),
      [
        .leaf(
          "p", ["class": "soft no-print"],
          visit.text("可用浏览器的打印功能打印成册。", "Print it with the browser."))
      ] + chapters.map(section))
  }

  private func section(_ chapter: Chapter) -> Markup {
    let picture: [Markup] =
      chapter.picture.map { picture in
        [
          .parent(
            "figure",
            [
              .element(
                "img",
                [
                  "src": picture.path, "width": "1024", "height": "768", "loading": "lazy",
                  "alt": visit.text("“\(chapter.title)”的页面", "the page: \(chapter.title)"),
                ], [])
            ])
        ]
      } ?? []
    return .element(
      "section", ["class": "manual"],
      [
        .leaf("h2", [:], chapter.title),
        .element("ol", ["class": "plain"], chapter.lines.map { .leaf("li", [:], $0) }),
      ] + picture)
  }

  private var chapters: [Chapter] { daily + cases + register + oversight }

  private var daily: [Chapter] {
    [
      Chapter(
        title: visit.text("每天先看“待办”", "Begin with the to-do page"), picture: .todo,
        lines: [
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
        ]),
      Chapter(
        title: visit.text("一条信息的来龙去脉", "One item"), picture: .item,
        lines: [
          visit.text(
            "第一次打开要写明目的；谁、何时、为何都会留痕。",
            "The first time you give a purpose; who, when and why leave a trace."),
          visit.text(
            "点开日期，可看时限是怎样算出来的。", "Open a date to see how it was reckoned."),
          visit.text(
            "右边按时间列出两县和省里的每一步；“▲ 未生效”写明原因。",
            "On the right stands each step of both counties and the province; one without effect says why."
          ),
        ]),
      Chapter(
        title: visit.text("查找并反馈", "Search and answer"), picture: .answer,
        lines: [
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
        ]),
    ]
  }

  private var cases: [Chapter] {
    [
      Chapter(
        title: visit.text("录入与导入", "Enter and import"), picture: .importing,
        lines: [
          visit.text(
            "录入时逐项检查：哪一项不对、怎么改，都写在该项下面；也可先“只检查”。",
            "Each field is checked as you type: what is wrong and what to do stands below it."),
          visit.text(
            "导入 Excel 或 CSV：合格的行录入；不合格的行在页面上更正后“再次提交”，也可下载后更正再导入，不会重复。",
            "Import XLSX or CSV: good rows go in; correct the others on the page and send them again, or "
              + "download them. Nothing is entered twice."),
          visit.text("录入后在“发件”里发送。", "Send what was entered from the outbox."),
        ]),
      Chapter(
        title: visit.text("个人信息的保护", "Personal data"),
        lines: [
          visit.text(
            "列表中的姓名和号码已遮盖；查看全部内容要写明目的，并会留痕。",
            "Lists are masked; to read a record you give a purpose, which leaves a trace."),
          visit.text(
            "半小时不操作会自动退出，退出前两分钟有提醒；没交上的内容会保留到重新登录。",
            "After half an hour without a click you are signed out, with a warning two minutes before; "
              + "what you typed is kept."),
          visit.text(
            "密码九十天更改一次；过期后登录时会先要求更改。",
            "Change your password every ninety days; the sign-in asks for it when it is too old."),
        ]),
    ]
  }

  private var register: [Chapter] {
    [
      Chapter(
        title: visit.text("人员登记", "Persons"), picture: .person,
        lines: [
          visit.text(
            "每一版都在：谁写的、何时、改了什么（◆ 有变更）。",
            "Every version is there: who wrote it, when, and what changed (◆)."),
          visit.text(
            "他方的说法列在旁边，由管理该项的一方勾选“采纳”。",
            "What others claim stands beside it; the side that manages the fact takes it over."),
        ]),
      Chapter(
        title: visit.text("查重与合并", "Duplicates"), picture: .duplicates,
        lines: [
          visit.text(
            "疑似同一人的并排显示，不同处标“◆ 不同”。",
            "Persons that look like one stand side by side; what differs is marked ◆."),
          visit.text(
            "核实后写明理由合并；合并不丢失内容，可在人员页撤销。",
            "Merge them with a reason after review; nothing is lost, and the person's page takes it back."
          ),
        ]),
      Chapter(
        title: visit.text("数字、排名、报表", "Figures and reports"), picture: .figures,
        lines: [
          visit.text(
            "周期数字对照 95% 线；可按乡镇、村分列，下载 XLSX、CSV 或打印版。",
            "Figures against the 95 % line, by township or village; download XLSX, CSV or for print."
          ),
          visit.text(
            "催办、花名册、月报表在“函件”和“花名册和月报表”里查看、签收、上报。",
            "Dunning, rosters and monthly tables are read, acknowledged and sent under letters and reports."
          ),
        ]),
    ]
  }

  private var oversight: [Chapter] {
    [
      Chapter(
        title: visit.text("督查：总览", "Supervisors: overview"), picture: .overview,
        lines: [
          visit.text(
            "待办各步数量、低于 95% 的单位、未签收的催办、未报的报表。",
            "Where items wait, who is under 95 %, dunning not acknowledged, reports not sent.")
        ]),
      Chapter(
        title: visit.text("审计：检索日志", "Auditors: the log"), picture: .audit,
        lines: [
          visit.text(
            "按信息、人员或账号检索谁在何时为何做了什么；检索本身也留痕。",
            "Search by item, person or account who did what, when and why; the search leaves a trace."
          )
        ]),
    ]
  }
}
