import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// One item with its history, for programs.
struct HistoryLine: Encodable {
  var item: ItemLine?
  /// When what the item says was removed; only its proof is left.
  var removed: String?
  var subject: SubjectLine?
  var record: [String: String]
  var remark: String?
  /// Those that hold now.
  var deadlines: [DeadlineLine]
  var dueMoves: [DueMoveLine]
  var keyReasons: [String]
  var advice: [AdviceLine]
  /// Words of S4.4.
  var noticesDue: [String]
  var events: [EventLine]

  init(_ reply: FollowReply, here: String) {
    item = reply.summary.map(ItemLine.init)
    removed = reply.removed > 0 ? ChinaTime.text(reply.removed) : nil
    subject = reply.item?.subject.map(SubjectLine.init)
    record = reply.item?.record?.message.map(RecordText.fields) ?? [:]
    remark = reply.item?.remark
    deadlines = (reply.dueMoves.last?.deadlines ?? reply.submission?.deadlines ?? [])
      .map(DeadlineLine.init)
    dueMoves = reply.dueMoves.map(DueMoveLine.init)
    keyReasons = reply.submission?.keyReasons ?? []
    advice = reply.advice.map { AdviceLine(rule: $0.rule, reason: $0.reason, text: $0.text) }
    noticesDue =
      reply.item.map { NoticesDue.notices(of: $0, at: here).map { "\($0)" } } ?? []
    events = reply.events.map { event in
      EventLine(event, reply.remarks.filter { $0.eventId == event.id })
    }
  }

  struct DueMoveLine: Encodable {
    var at: String
    var before: String
    var after: String
    var reason: String

    init(_ move: DueMove) {
      at = ChinaTime.text(move.at)
      before = Words.date(move.before)
      after = Words.date(move.after)
      reason = move.reason
    }
  }

  struct SubjectLine: Encodable {
    var name: String
    var citizenId: String
    var birthDate: String
    var residence: String
    var household: String
    var currentlyPregnant: Bool

    init(_ subject: Subject) {
      name = subject.name
      citizenId = subject.citizenId
      birthDate = Words.date(subject.birthDate)
      residence = subject.residence.map { "\($0.code) \($0.text)" } ?? ""
      household = subject.household.map { "\($0.code) \($0.text)" } ?? ""
      currentlyPregnant = subject.currentlyPregnant
    }
  }

  struct AdviceLine: Encodable {
    var rule: String
    var reason: String
    var text: String
  }

  struct DeadlineLine: Encodable {
    var rule: String
    var purpose: String
    var start: String
    var length: Int32
    var unit: String
    var due: String

    init(_ deadline: ExchangeProtos.Deadline) {
      rule = deadline.rule
      purpose = deadline.purpose
      start = Words.date(deadline.start)
      length = deadline.length
      unit = deadline.unit
      due = Words.date(deadline.due)
    }
  }

  struct RemarkLine: Encodable {
    var reason: String
    var text: String
  }

  struct EventLine: Encodable {
    /// What `take-back --event` takes.
    var id: String
    var kind: String
    var at: String
    var account: String
    var role: String
    var division: String
    var text: String
    /// Whether it has taken effect.
    var counts: Bool
    var remarks: [RemarkLine]

    init(_ event: ItemEvent, _ remarks: [EventRemark]) {
      id = ItemName.full(event.id)
      counts = remarks.allSatisfy(\.counts)
      self.remarks = remarks.map { RemarkLine(reason: $0.reason, text: $0.text) }
      kind = event.kind?.word ?? ""
      at = ChinaTime.text(event.at)
      account = event.actor?.account ?? ""
      role = event.actor?.role ?? ""
      division = event.actor?.division ?? ""
      text = EventText.text(event, .english)
    }
  }
}
