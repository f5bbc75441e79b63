import Credentials
import ExchangeProtos
import ExchangeRules

/// The pages that lead somewhere: those whose first call the clerk's role may make.
///
/// The node decides at each call; a page that it would refuse is only not offered.
struct Places {
  let session: ClerkSession

  /// A page of the navigation.
  struct Place {
    let path: String
    let label: BilingualText
  }

  private typealias Row = (path: String, chinese: String, english: String, calls: MethodDescriptor?)

  private static let rows: [Row] = [
    ("/todo", "待办", "To do", Items.enter.descriptor),
    ("/overview", "总览", "Overview", nil),
    ("/inbox", "收件", "Inbox", Items.list.descriptor),
    ("/outbox", "发件", "Outbox", Items.list.descriptor),
    ("/enter", "录入", "Enter", Items.enter.descriptor),
    ("/import", "导入", "Import", Items.enter.descriptor),
    ("/persons", "人员", "Persons", Records.persons.descriptor),
    ("/figures", "数字", "Figures", Figures.show.descriptor),
    ("/letters", "函件", "Letters", Letters.list.descriptor),
    ("/audit", "审计", "Audit", Audit.search.descriptor),
    ("/help", "帮助", "Help", nil),
  ]

  /// Those of the session's role, in their order.
  var all: [Place] {
    Places.rows.filter { row in
      row.path == "/overview" ? isOnlooker : row.calls.map(session.may) ?? true
    }.map { Place(path: $0.path, label: BilingualText(chinese: $0.chinese, english: $0.english)) }
  }

  /// Where the session begins.
  var home: String { all.first { $0.path != "/help" }?.path ?? "/account" }

  /// Whether the role looks on, and works no items itself (S9).
  private var isOnlooker: Bool {
    session.may(Figures.show.descriptor) && !session.may(Items.enter.descriptor)
  }
}
