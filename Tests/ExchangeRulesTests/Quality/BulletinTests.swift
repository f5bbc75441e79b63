import ExchangeRules
import Testing

@Suite("Bulletin (S11) and reporting dates (S10.6, S12.5)")
struct BulletinTests {
  /// The figures of the third document.
  static let source = Bulletin(
    outMigrants: 2450, certificatesHeld: 1024, marriedWomen: 389,
    marriedByChildren: Bulletin.ChildCounts(none: 20, one: 46, two: 250, more: 72), clearedUp: 68,
    certificatesMadeGood: 68, feedbackGiven: 129, checksReturned: 61)

  @Test("S11.1: the source's own 20 + 46 + 250 + 72 is 388, not 389, and is flagged")
  func sourceFigures() {
    let flags = Self.source.flags
    #expect(flags.map(\.field) == ["marriedWomen"])
    #expect(flags.first?.text.chinese == "按孩次合计388人，与流出已婚妇女389人不符")
  }

  @Test("S11.1: figures that add up are not flagged; parts above the whole are")
  func others() {
    var bulletin = Self.source
    bulletin.marriedWomen = 388
    #expect(bulletin.flags.isEmpty)
    bulletin.certificatesHeld = 2451
    bulletin.certificatesMadeGood = 69
    bulletin.checksReturned = -1
    #expect(
      bulletin.flags.map(\.field) == ["checksReturned", "certificatesHeld", "certificatesMadeGood"])
    bulletin.marriedByChildren.more = .max
    #expect(bulletin.flags.contains { $0.reason == "sumDiffers" })
  }

  @Test("reports are due on the 2nd, the 5th and the 6th of the next month")
  func dates() throws {
    let december = try #require(CycleMonth("2009-12"))
    #expect(try ReportingDates.communityTables(of: december) == date("2010-01-02"))
    #expect(try ReportingDates.townshipTables(of: december) == date("2010-01-05"))
    #expect(try ReportingDates.roster(of: december) == date("2010-01-06"))
  }
}
