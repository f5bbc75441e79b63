/// S4.4: which of the eight notices an entry at the place of residence calls for, so that the
/// operator is offered them when the event is entered.
public struct NoticeOffer: Hashable, Sendable {
  /// The category of the record entered.
  public var category: Category
  /// The person's certificate.
  public var certificate: CertificateStatus
  /// What the person uses.
  public var contraception: Contraception
  /// Whether long-acting contraception was due, by the local rules.
  public var isLongActingDue: Bool
  /// Whether the operator finds marriage, birth or contraception facts doubtful.
  public var hasDoubtfulFacts: Bool
  /// Whether the operator asks for a notice for another cause.
  public var hasOtherCause: Bool

  /// What was entered.
  public init(
    category: Category, certificate: CertificateStatus = .unknown,
    contraception: Contraception = .unknown, isLongActingDue: Bool = false,
    hasDoubtfulFacts: Bool = false, hasOtherCause: Bool = false
  ) {
    self.category = category
    self.certificate = certificate
    self.contraception = contraception
    self.isLongActingDue = isLongActingDue
    self.hasDoubtfulFacts = hasDoubtfulFacts
    self.hasOtherCause = hasOtherCause
  }

  /// The notices that are called for, in the source's order.
  public var notices: [NoticeEvent] {
    var notices: [NoticeEvent] = []
    if category == .birth || category == .child { notices.append(.birth) }
    if category == .surgery { notices.append(.surgery) }
    if isLongActingDue, contraception != .longActing { notices.append(.contraceptionDue) }
    if category == .pregnancy { notices.append(.pregnancy) }
    if certificate == .none || certificate == .nonConforming {
      notices.append(.noValidCertificate)
    }
    if category == .periodicCheck { notices.append(.localPregnancyCheck) }
    if hasDoubtfulFacts { notices.append(.doubtfulFacts) }
    if hasOtherCause { notices.append(.other) }
    return notices
  }
}
