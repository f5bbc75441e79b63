/// What the duties of an answer are judged by.
public struct AnswerFacts: Hashable, Sendable {
  /// What the search came to.
  public var finding: Finding
  /// 备注, as written.
  public var remark: String
  /// The steps, in the order in which they were taken.
  public var steps: [SearchStep]
  /// Which side answers: the order of S6.4 binds the household place.
  public var answeredBy: ExchangeSide
  /// Whether the address asked about is vague or the name wrong (S6.5).
  public var isQuestionVague: Bool
  /// How many fields were reported to differ.
  public var differenceCount: Int
  /// Whether the matched record is sent back.
  public var hasMatchedRecord: Bool

  /// The facts of an answer.
  public init(
    finding: Finding, remark: String = "", steps: [SearchStep] = [], answeredBy: ExchangeSide,
    isQuestionVague: Bool = false, differenceCount: Int = 0, hasMatchedRecord: Bool = false
  ) {
    self.finding = finding
    self.remark = remark
    self.steps = steps
    self.answeredBy = answeredBy
    self.isQuestionVague = isQuestionVague
    self.differenceCount = differenceCount
    self.hasMatchedRecord = hasMatchedRecord
  }
}
