/// Why a rule is not met, or what it advises, as one stable word for programs: the one table of the
/// words of the rules.
///
/// The raw value is the word as a call's failure carries it; `PROTOCOL.md` lists them all. JSON
/// answers, lists of defects and advice spell it as the case is named (``name``).
public enum RuleReason: String, Sendable, Hashable, CaseIterable {
  // MARK: Of any field

  /// Nothing is written where something has to be.
  case missing
  /// What stands for a name is none (S6.7).
  case notAName = "not-a-name"
  /// An address at which nobody can be found (S6.7).
  case vague
  /// No number of a village or community (S6.7).
  case doubtfulVillage = "doubtful-village"
  /// A record has no such field (S3).
  case unknown
  /// A value of another type than the field has (S3).
  case wrongType = "wrong-type"
  /// More bytes or more numbers than the field takes (S3).
  case tooLong = "too-long"
  /// No day of the calendar (S3).
  case notADate = "not-a-date"
  /// No code of the field's table (S3).
  case unknownCode = "unknown-code"
  /// A number or an amount below zero (S3, S11.1).
  case negative
  /// A number outside its bounds (S3).
  case outOfRange = "out-of-range"
  /// The same number twice in a list (S3).
  case repeated
  /// A day that has not come (S1.1, S12.2).
  case inTheFuture = "in-the-future"
  /// A record of another category than the item (S3).
  case otherCategory = "other-category"

  // MARK: Divisions

  /// Not 6, 9 or 12 digits (S6.7, S12.2).
  case notACode = "not-a-code"
  /// The address does not reach the county (S6.7, S12.2).
  case tooCoarse = "too-coarse"
  /// The household address does not reach the village or community (S6.7).
  case notToVillage = "not-to-village"
  /// No division ever had this code (S10.2, S12.2).
  case unknownDivision = "unknown-division"
  /// The division is no more (S12.2).
  case formerDivision = "former-division"
  /// Whoever gives the item away may not give it to this place (S10.2).
  case wrongDivision = "wrong-division"
  /// Residence and household are the same village (S12.2).
  case sameAsHousehold = "same-as-household"

  // MARK: Citizen ID numbers (S12.2)

  /// Neither 18 nor 15 characters.
  case length
  /// A character that does not belong.
  case format
  /// No such birth date.
  case date
  /// The check digit does not match.
  case checkDigit = "check-digit"
  /// The first six digits never were a division.
  case region
  /// The sequence number 000, which was never given.
  case serial
  /// The number of another document.
  case otherDocument = "other-document"
  /// A placeholder in a number's place.
  case placeholder
  /// The caller's role may not keep a doubtful number.
  case mayNotKeep = "may-not-keep"
  /// Birth date or sex differs from what the number says.
  case differsFromNumber = "differs-from-number"

  // MARK: Persons and categories

  /// A man (S1.1).
  case notFemale = "not-female"
  /// Under 15 (S1.1).
  case tooYoung = "too-young"
  /// Over 49 (S1.1).
  case tooOld = "too-old"
  /// The rules are not in force on the day (G7).
  case notInForce = "not-in-force"
  /// The category is switched off (G7).
  case switchedOff = "switched-off"

  // MARK: The life of an item

  /// The state of the item does not allow it.
  case wrongState = "wrong-state"
  /// What the event follows has not come.
  case waitsForEarlier = "waits-for-earlier"
  /// Another office has done it, and neither knew of the other.
  case doneBefore = "done-before"
  /// The same office has done it before it was put back from a backup.
  case doneTwice = "done-twice"
  /// It was taken back, or rests on what was.
  case takenBack = "taken-back"
  /// The item was withdrawn, and neither knew of the other.
  case withdrawn
  /// What is to be taken back is not there, or has no effect.
  case nothingToTakeBack = "nothing-to-take-back"
  /// Such a step cannot be taken back.
  case cannotBeTakenBack = "cannot-be-taken-back"
  /// What an event claims is not what follows from the facts (S4).
  case claimDiffers = "claim-differs"
  /// The item must only be received (S4.2).
  case noFeedbackRequired = "no-feedback-required"
  /// The other side has not answered yet (S4.1).
  case notAnswered = "not-answered"

  // MARK: Rights of the person

  /// Who took up what a person asks for does not approve it too (PIPL 51).
  case secondPerson = "second-person"
  /// The county that took it up has not approved it (PIPL 51).
  case notApproved = "not-approved"

  // MARK: Answers

  /// "Not found" without its reason in the remark (S6.3).
  case blank
  /// The sources were not searched in their order (S6.4).
  case outOfOrder = "out-of-order"
  /// One thing that is said contradicts another (S6.4, S12.2).
  case contradicted
  /// No other source was tried (S6.5).
  case otherSourcesMissing = "other-sources-missing"
  /// Feedback that nothing bears out (G4).
  case unsubstantiated

  // MARK: Records whose fields disagree (S12.2)

  /// A day before the one that it follows.
  case beforeOther = "before-other"
  /// A day too long after the one that it follows.
  case tooLate = "too-late"
  /// More is paid than is due.
  case aboveDue = "above-due"

  // MARK: The register of persons

  /// Only the household place confirms a case (S7.1).
  case notHousehold = "not-household"
  /// The case awaits no confirmation (S7.1), the office no decision (PIPL 50).
  case notAwaited = "not-awaited"
  /// A person is not merged with herself (S12.3).
  case samePerson = "same-person"
  /// Two persons differ in a field and nobody chose (S12.3).
  case undecided
  /// Another place was paid in full for the same birth (G5).
  case settledElsewhere = "settled-elsewhere"
  /// Another place has decided on a fee for the same birth, not paid up (G5).
  case leviedElsewhere = "levied-elsewhere"
  /// The checks that were done where she lives count (G5).
  case localChecksCount = "local-checks-count"

  // MARK: Figures

  /// Under 95 % were fed back (S6.1).
  case belowRate = "below-rate"
  /// No query was submitted in the cycle (S6.2).
  case zero
  /// A village has reported too few items in a month (S10.5).
  case tooFew = "too-few"
  /// The parts do not add up to their total (S11.1).
  case sumDiffers = "sum-differs"
  /// A part is greater than its whole (S11.1).
  case aboveTotal = "above-total"

  /// The word in lowerCamelCase: `outOfOrder` for `out-of-order`.
  public var name: String { "\(self)" }
}
