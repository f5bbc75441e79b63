internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// A combined query as far as its caller may ask it (S10.3).
struct ItemQuestion {
  /// What is asked of the columns; of a person under each spelling of her number.
  let conditions: ItemConditions
  /// How the items stand to their due dates; empty: in any way.
  let lateness: Set<Lateness>
  /// The name that the person has, for comparing (S12.3); nil: whoever it is.
  let nameKey: String?
  /// The key that the question leaves its trace under; empty: nobody is asked for.
  let tracedKey: String

  /// A question.
  ///
  /// - Throws: `missing-field` where a person is asked for without a purpose (G2), and as
  ///   ``conditions(_:at:)`` does.
  init(_ request: QueryRequest, by context: CallContext, at node: Node) throws(CallFailure) {
    let asked = request.conditions ?? QueryConditions()
    var conditions = try ItemQuestion.conditions(asked, at: node)
    conditions.reach = context.scope.reach(of: context.caller)
    lateness = Set(asked.lateness.compactMap { Lateness(rawValue: Int($0)) })
    let (number, name) = (request.citizenId.trimmingBlanks, request.name.trimmingBlanks)
    guard number.isEmpty && name.isEmpty || !request.purpose.saysNothing else {
      throw CallFailure(
        .invalidArgument, .missingField, field: "purpose",
        "查询个人须说明目的 (G2) / say what a person is asked for (G2)")
    }
    nameKey = name.isEmpty ? nil : WrittenName.key(name)
    if !name.isEmpty { conditions.maskedName = Masking.name(ItemQuestion.kept(name)) }
    if number.isEmpty {
      guard conditions.states != [.entered] else { throw ItemQuestion.notSent }
    } else {
      conditions.subjectKeys = PersonLookup.spellings(ofNumber: number)
    }
    tracedKey = number.isEmpty ? "" : CitizenIDReport.spelling(number)
    self.conditions = conditions
  }

  /// What is asked of the columns, whoever asks.
  ///
  /// - Throws: `invalid` for a box or a period that is none, `unknown-division`.
  static func conditions(
    _ asked: QueryConditions, at node: Node
  ) throws(CallFailure) -> ItemConditions {
    var conditions = ItemConditions()
    switch asked.box {
    case .unspecified: break
    case .in: conditions.isInbound = true
    case .out: conditions.isOutbound = true
    case .todo:
      throw CallFailure(
        .invalidArgument, .invalid, field: "conditions.box",
        "请选收到或发出；待办另有清单 / choose in or out; what is to do is a list of its own")
    }
    conditions.kind = asked.kind
    conditions.categories = Set(asked.categories.compactMap { Category(rawValue: Int($0)) })
    conditions.states = Set(asked.states.compactMap { ItemState(rawValue: Int($0)) })
    conditions.urgencies = Set(asked.urgencies.compactMap { Urgency(rawValue: Int($0)) })
    conditions.findings = Set(asked.findings.compactMap { Finding(rawValue: Int($0)) })
    conditions.from = asked.from
    if asked.through > 0 { conditions.through = asked.through }
    guard conditions.from <= conditions.through else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "conditions.from",
        "起始日期晚于截止日期 / the period ends before it begins")
    }
    if !asked.place.isEmpty {
      guard let place = DivisionCode(asked.place), node.register.everExisted(place) else {
        throw CallFailure.noDivision(asked.place, field: "conditions.place")
      }
      conditions.place = .digits(place.prefix)
    }
    return conditions
  }

  /// What was not sent has no day of submission; only of a person is it found.
  private static let notSent = CallFailure(
    .invalidArgument, .invalid, field: "conditions.states",
    "未提交的信息请在发件清单中查看 / what was not sent stands in the list of outgoing items")

  /// A name as items keep it.
  private static func kept(_ name: String) -> String {
    (try? WrittenName.read(name).value) ?? name
  }

  /// Whether an item meets what its columns do not tell.
  func isMet(by item: StoredItem, on today: CivilDate) -> Bool {
    guard !lateness.isEmpty else { return true }
    return item.timeliness(on: today).map { lateness.contains(Lateness($0)) } ?? false
  }
}
