import ExchangeProtos
import ExchangeRules

/// A life's item and details as they travel.
extension Life {
  /// The item as its author writes it.
  func message(_ id: [UInt8]) -> Item {
    var item = Item()
    item.id = id
    item.kind = kind
    item.category = category
    item.from = "\(from)"
    item.to = "\(to)"
    item.enteredAt = "\(from)"
    item.subject = subject
    item.record = record
    item.occurred = occurred?.yyyymmdd ?? 0
    return item
  }

  private var subject: Subject {
    var subject = Subject()
    subject.name = person.name
    subject.citizenId = person.citizenID
    subject.noCitizenIdReason = person.citizenID.isEmpty ? "本人未带证件，房东代报" : ""
    subject.birthDate = person.birthDate.yyyymmdd
    subject.sex = .female
    subject.residence = address(residence, "示例路")
    subject.household = address(household, "样例村")
    subject.currentlyPregnant = person.isPregnant
    subject.certificate = person.certificate
    subject.contraception = person.contraception
    return subject
  }

  private func address(_ dwelling: Dwelling, _ road: String) -> Address {
    var address = Address()
    address.code = dwelling.village
    address.text = "\(dwelling.township.name)\(road)\(dwelling.house)号"
    return address
  }

  /// What is notified (S4.2); an assist request comes without a record.
  private var record: Record? {
    guard let occurred else { return nil }
    var record = Record()
    switch category {
    case .birth:
      var birth = BirthRecord()
      birth.birthDate = occurred.yyyymmdd
      record.kind = .birth(birth)
    case .maintenanceFee:
      var fee = MaintenanceFeeRecord()
      fee.decisionNumber = "示例征字\(occurred.yyyymmdd)第\(residence.house)号"
      record.kind = .maintenanceFee(fee)
    case .inflow:
      var inflow = InflowRecord()
      inflow.inflowDate = occurred.yyyymmdd
      record.kind = .inflow(inflow)
    case .outflow:
      var outflow = OutflowRecord()
      outflow.outflowDate = occurred.yyyymmdd
      record.kind = .outflow(outflow)
    default: return nil
    }
    return record
  }

  /// What the asking county fixes.
  var submission: Submission {
    var submission = Submission()
    submission.submitted = submitted.yyyymmdd
    submission.profile = RuleProfile.provincial2009.name
    submission.urgency = ruling.urgency
    submission.feedbackRequired = ruling.response == .feedback
    submission.cycle = "\(ruling.submissionCycle)"
    submission.deadlines = ruling.deadlines.map { deadline in
      var message = ExchangeProtos.Deadline()
      message.rule = deadline.rule
      message.purpose = deadline.purpose.rawValue
      message.start = deadline.start.yyyymmdd
      message.length = Int32(clamping: deadline.length)
      message.unit = deadline.unit.rawValue
      message.due = deadline.due.yyyymmdd
      return message
    }
    submission.due = ruling.due.yyyymmdd
    let facts = SubjectFacts(
      birthDate: person.birthDate, sex: .female, currentlyPregnant: person.isPregnant,
      lastBirth: nil, certificate: person.certificate, contraception: person.contraception)
    submission.keyReasons = Classification(of: facts, on: submitted).reasons.map(\.rawValue)
    return submission
  }
}

extension Life.Reply {
  /// The answer as it travels.
  var message: Answer {
    var answer = Answer()
    answer.finding = finding
    answer.remark = remark
    if hasDifference {
      var difference = Difference()
      difference.field = "household"
      difference.asked = "样例村"
      difference.registered = "样例新村"
      answer.differences = [difference]
    }
    return answer
  }

  /// The searches as they travel.
  var stepMessages: [ExchangeProtos.SearchStep] {
    steps.map { step in
      var message = ExchangeProtos.SearchStep()
      message.source = step.source
      message.found = step.found
      message.note = step.note
      return message
    }
  }
}
