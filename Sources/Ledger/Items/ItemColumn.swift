internal import ExchangeRules

/// A column of an item that can change after the item was stored.
enum ItemColumn: Int, CaseIterable {
  case assignedTo, inbound, outbound, urgency, submitted, due, feedbackRequired, cycle, profile
  case finding, substantiated
  case state
  case timeEntered, timeSubmitted, timeRelayed, timeDelivered, timeReceived, timeAssigned
  case timeAnswered, timeClosed, timeRefused

  /// The state whose time the column holds; nil for the other columns.
  private var timed: ItemState? {
    ItemState(rawValue: rawValue - ItemColumn.state.rawValue)
  }

  private var name: String {
    switch self {
    case .assignedTo: "assigned_to"
    case .inbound: "inbound"
    case .outbound: "outbound"
    case .urgency: "urgency"
    case .submitted: "submitted"
    case .due: "due"
    case .feedbackRequired: "feedback_required"
    case .cycle: "cycle"
    case .profile: "profile"
    case .finding: "finding"
    case .substantiated: "substantiated"
    case .state: "state"
    default: timed.map(ItemColumns.time) ?? ""
    }
  }

  private func isSame(_ left: StoredItem, _ right: StoredItem) -> Bool {
    switch self {
    case .assignedTo: left.assignedTo == right.assignedTo
    case .inbound: left.inbound == right.inbound
    case .outbound: left.outbound == right.outbound
    case .urgency: left.urgency == right.urgency
    case .submitted: left.submitted == right.submitted
    case .due: left.due == right.due
    case .feedbackRequired: left.feedbackRequired == right.feedbackRequired
    case .cycle: left.cycle == right.cycle
    case .profile: left.profile == right.profile
    case .finding: left.finding == right.finding
    case .substantiated: left.substantiated == right.substantiated
    case .state: left.state == right.state
    default: timed.map { left.times[$0] == right.times[$0] } ?? true
    }
  }

  private func bind(_ item: StoredItem, to values: inout StatementValues) {
    switch self {
    case .assignedTo: values.add(item.assignedTo)
    case .inbound: values.add(item.inbound)
    case .outbound: values.add(item.outbound)
    case .urgency: values.add(item.urgency?.rawValue ?? 0)
    case .submitted: values.add(item.submitted)
    case .due: values.add(ItemColumns.stored(due: item.due))
    case .feedbackRequired: values.add(item.feedbackRequired)
    case .cycle: values.add(item.cycle)
    case .profile: values.add(item.profile)
    case .finding: values.add(item.finding?.rawValue ?? 0)
    case .substantiated: values.add(item.substantiated)
    case .state: values.add(item.state.rawValue)
    default: if let timed { values.add(item.times[timed]) }
    }
  }

  /// Some of the columns.
  struct Some: Hashable {
    private var bits: UInt32 = 0

    /// Those in which two states of an item differ.
    init(changedFrom old: StoredItem, to new: StoredItem) {
      for column in ItemColumn.allCases where !column.isSame(old, new) {
        bits |= 1 << UInt32(column.rawValue)
      }
    }

    var isEmpty: Bool { bits == 0 }

    private var columns: [ItemColumn] {
      ItemColumn.allCases.filter { bits >> UInt32($0.rawValue) & 1 == 1 }
    }

    /// Sets them in one row; a column that is not named costs its indexes nothing.
    var update: String {
      let assignments = columns.map { "\($0.name) = ?" }.joined(separator: ", ")
      return "UPDATE item SET \(assignments) WHERE number = ?"
    }

    func bind(_ item: StoredItem, number: Int64, to values: inout StatementValues) {
      for column in columns { column.bind(item, to: &values) }
      values.add(number)
    }
  }
}
