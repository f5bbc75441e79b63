internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger

/// On which working days the operators of offices have signed in (S10.1).
struct SignIns {
  /// The month that is asked about.
  let month: CycleMonth
  /// What comes after it is not owed yet, nor is it itself.
  let today: CivilDate
  /// Which days are worked.
  let calendar: WorkingCalendar

  init(in month: CycleMonth, at node: Node) {
    self.month = month
    today = node.today
    calendar = node.calendar
  }

  /// Those who sign in at this node, by office, of offices whose codes begin with these digits.
  func here(within digits: String, in ledger: LedgerReader) throws -> [String: [SignInDays]] {
    var found: [String: [SignInDays]] = [:]
    for account in try Operators.list(within: digits, in: ledger) {
      let days = try ledger.loginDays(
        of: account.name, from: month.first.yyyymmdd, through: month.last.yyyymmdd)
      let duty = LoginDuty(
        in: month, before: today, signedIn: Set(days.compactMap { CivilDate(yyyymmdd: $0) }),
        by: calendar)
      found[account.division, default: []].append(SignInDays(account, duty))
    }
    return found
  }

  /// What a township with a node of its own has told with its roster of the month (S10.6).
  func told(by township: DivisionCode, in ledger: LedgerReader) throws -> [SignInDays] {
    guard let duty = ReportDuty(.roster, of: township, in: month) else { return [] }
    let id = StoredLetter.id(
      of: .roster, from: "\(township)", to: "\(duty.addressee)", period: month.first.yyyymmdd,
      part: 1)
    let issued = try ledger.events(ofLetter: id).first { $0.step == .issued }
    return try issued.map { try Roster(decoding: $0.body).operators } ?? []
  }
}

extension SignInDays {
  fileprivate init(_ account: StoredAccount, _ duty: LoginDuty) {
    self.init()
    self.account = account.name
    name = account.displayName
    workingDays = UInt32(clamping: duty.workingDays.count)
    missing = duty.missing.map(\.yyyymmdd)
  }
}
