public import ExchangeRules

/// Which items a list asks for.
///
/// Lists are in the order of due dates, the soonest first; items without a date come last.
public struct ItemQuery: Sendable, Hashable {
  /// The boxes of a node.
  public enum Box: Sendable, Hashable {
    /// Every item here.
    case all
    /// Put to this node's side.
    case inbound
    /// Put by this node's side.
    case outbound
    /// What this node's side owes: inbound, and waiting for receipt or feedback.
    case todo
    /// What anybody owes: waiting for receipt or feedback, on whichever side (S2.3).
    case waiting
    /// What somebody should look at: acts of this node's side have no effect, or others have taken
    /// something back.
    case withoutEffect
    /// What a person asks for waits for a decision of this node's office.
    case toDecide
  }

  /// The box.
  public var box: Box
  /// Only items in this state.
  public var state: ItemState?
  /// Only items given to this township or village (S10.2).
  public var assignedTo: String?
  /// Only items due before this day (yyyymmdd): with `waiting`, the overdue ones.
  public var dueBefore: Int32?
  /// Only items of the person with this key.
  public var subjectKey: String?
  /// Only items within this reach; nil: of whatever division.
  public var reach: ItemReach?
  /// Of the items that came to their end only those that did so since (milliseconds since 1970), and
  /// were not removed (G6); nil: all.
  public var doneSince: Int64?

  /// A query; what is nil is not asked.
  public init(
    _ box: Box, state: ItemState? = nil, assignedTo: String? = nil,
    dueBefore: Int32? = nil, subjectKey: String? = nil, reach: ItemReach? = nil,
    doneSince: Int64? = nil
  ) {
    self.box = box
    self.state = state
    self.assignedTo = assignedTo
    self.dueBefore = dueBefore
    self.subjectKey = subjectKey
    self.reach = reach
    self.doneSince = doneSince
  }

  /// What the box and the filters ask of a row.
  var conditions: (sql: [String], values: [StoredValue]) {
    var sql: [String]
    switch box {
    case .all: sql = []
    case .inbound: sql = ["inbound"]
    case .outbound: sql = ["outbound"]
    case .todo: sql = ["awaits <> 0", "inbound"]
    case .waiting: sql = ["awaits <> 0"]
    case .withoutEffect: sql = ["without_effect > 0"]
    case .toDecide: sql = ["to_decide > 0"]
    }
    var values: [StoredValue] = []
    if let state {
      sql.append("state = ?")
      values.append(.integer(state.rawValue))
    }
    if let assignedTo {
      sql += ["assigned_to = ?", "assigned_to <> ''"]
      values.append(.text(assignedTo))
    }
    if let subjectKey {
      sql += ["subject_key = ?", "subject_key <> ''"]
      values.append(.text(subjectKey))
    }
    if let dueBefore {
      sql.append("due < ?")
      values.append(.integer(dueBefore))
    }
    if let reach {
      sql.append(reach.condition.sql)
      values += reach.condition.values
    }
    if let doneSince {
      sql += ["removed = 0", "(done = 0 OR done >= ?)"]
      values.append(.integer(doneSince))
    }
    return (sql, values)
  }
}
