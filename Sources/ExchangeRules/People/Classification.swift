/// S1.2: key subject or not, with the reasons.
///
/// What is not known is no reason, but it is listed, so that "non-key" never hides a question
/// nobody asked.
public struct Classification: Hashable, Sendable {
  /// The reasons that hold, in the source's order.
  public let reasons: [KeySubjectReason]
  /// The reasons that cannot be decided because the fact is not known.
  public let undetermined: [KeySubjectReason]

  /// Whether the subject is a key subject: when any reason holds.
  public var isKeySubject: Bool { !reasons.isEmpty }

  /// Classifies a subject on a day.
  public init(of subject: SubjectFacts, on day: CivilDate) {
    var reasons: [KeySubjectReason] = []
    var undetermined: [KeySubjectReason] = []
    if subject.currentlyPregnant { reasons.append(.currentlyPregnant) }
    if let lastBirth = subject.lastBirth, lastBirth.year == day.year, lastBirth <= day {
      reasons.append(.gaveBirthThisYear)
    }
    switch subject.certificate {
    case .none, .nonConforming: reasons.append(.noConformingCertificate)
    case .unknown: undetermined.append(.noConformingCertificate)
    case .valid: break
    }
    switch subject.contraception {
    case .none, .other: reasons.append(.noLongActingContraception)
    case .unknown: undetermined.append(.noLongActingContraception)
    case .longActing: break
    }
    self.reasons = reasons
    self.undetermined = undetermined
  }
}
