/// The tables of a ledger.
enum Table: String, CaseIterable {
  case setting
  case item
  case itemEvent = "item_event"
  case dueChange = "due_change"
  case outboxPeer = "outbox_peer"
  case outbox
  case inbox
  case quarantine
  case objection
  case awaited
  case account
  case loginDay = "login_day"
  case session
  case accountCertificate = "account_certificate"
  case passwordChange = "password_change"
  case node
  case rotation
  case certificateRequest = "certificate_request"
  case trustBundle = "trust_bundle"
  case trace
  case logPage = "log_page"
  case logEnd = "log_end"
  case signatory
  case neighbourLog = "neighbour_log"
  case record
  case recordVersion = "record_version"
  case subjectMerge = "subject_merge"
  case confirmation
  case calendarDay = "calendar_day"
  case figure
  case figureVersion = "figure_version"
  case letter
  case letterEvent = "letter_event"
  case letterInbox = "letter_inbox"
  case spotCheck = "spot_check"
  case flowRelease = "flow_release"
  case placeCapacity = "place_capacity"
  case savedQuery = "saved_query"

  /// Some of the tables.
  struct Some: OptionSet {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }

    init(_ table: Table) {
      rawValue = 1 << UInt64(Table.allCases.firstIndex(of: table) ?? 0)
    }

    /// The tables that a statement looks at or changes: the words behind FROM, JOIN, INTO and
    /// UPDATE.
    init(namedIn text: String) {
      var tables = Some([])
      var isNext = false
      for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
        if isNext, let table = Table(rawValue: String(word)) { tables.insert(Some(table)) }
        isNext = ["FROM", "JOIN", "INTO", "UPDATE"].contains(word)
      }
      self = tables
    }
  }
}
