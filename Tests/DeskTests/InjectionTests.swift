import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Reports
import Testing

@testable import XiechaDesk

/// Markup in every text that another county writes: whatever page shows it, it stays text.
@Suite("What comes from another county is text")
struct InjectionTests {
  /// Opens a tag, ends an attribute, ends a text area, and begins a reference.
  private static let hostile = "\"'><x onerror=1></textarea></script>&#60;x>"
  private static let hostileItem = [UInt8](repeating: 0xab, count: 16)

  private static let actor: Actor = {
    var actor = Actor()
    (actor.account, actor.role, actor.division) = (hostile, hostile, hostile)
    return actor
  }()

  private static let subject: Subject = {
    var subject = Subject()
    var address = Address()
    (address.code, address.text) = (hostile, hostile)
    subject.name = hostile
    subject.citizenId = hostile
    subject.noCitizenIdReason = hostile
    subject.telephone = hostile
    (subject.residence, subject.household) = (address, address)
    return subject
  }()

  private static var summary: ItemSummary {
    var summary = ItemSummary()
    summary.id = hostileItem
    (summary.from, summary.to, summary.assignedTo) = (hostile, hostile, hostile)
    (summary.maskedName, summary.maskedCitizenId) = (hostile, hostile)
    (summary.cycle, summary.withoutEffect, summary.state) = (hostile, 1, .answered)
    summary.finding = .mismatch
    return summary
  }

  private static var follow: FollowReply {
    var reply = FollowReply()
    var item = Item()
    item.subject = subject
    (item.remark, item.from, item.to) = (hostile, hostile, hostile)
    reply.item = item
    reply.summary = summary
    var advice = Advice()
    (advice.rule, advice.reason, advice.text) = (hostile, hostile, hostile)
    reply.advice = [advice]
    var submission = Submission()
    (submission.profile, submission.cycle, submission.keyReasons) = (hostile, hostile, [hostile])
    var deadline = ExchangeProtos.Deadline()
    (deadline.rule, deadline.purpose, deadline.unit) = (hostile, hostile, hostile)
    submission.deadlines = [deadline]
    reply.submission = submission
    reply.events = details.map { detail in
      var event = ItemEvent()
      event.id = hostileItem
      (event.actor, event.note, event.detail) = (actor, hostile, detail)
      return event
    }
    var remark = EventRemark()
    (remark.eventId, remark.reason, remark.text) = (hostileItem, hostile, hostile)
    reply.remarks = [remark]
    return reply
  }

  private static var details: [ItemEvent.Detail] {
    var refusal = Refusal()
    (refusal.reason, refusal.field, refusal.text) = (hostile, hostile, hostile)
    var step = ExchangeProtos.SearchStep()
    step.note = hostile
    var answer = Answer()
    var difference = Difference()
    (difference.field, difference.asked, difference.registered) = (hostile, hostile, hostile)
    (answer.differences, answer.remark) = ([difference], hostile)
    var taking = TakingBack()
    taking.reason = hostile
    return [
      .assigned(hostile), .refused(refusal), .searched(step), .answered(answer),
      .takenBack(taking),
    ]
  }

  private static var history: HistoryReply {
    var reply = HistoryReply()
    reply.person = person
    var version = RegisteredVersion()
    (version.record, version.actor, version.note) = (hostileItem, actor, hostile)
    (version.subject, version.sourceItem) = (subject, hostileItem)
    reply.versions = [version, version]
    var merge = RegisteredMerge()
    (merge.merged, merge.into, merge.actor) = (hostileItem, hostileItem, actor)
    (merge.reason, merge.undoneBy) = (hostile, hostile)
    reply.merges = [merge]
    var step = ConfirmationStep()
    (step.state, step.actor, step.note) = (hostile, actor, hostile)
    reply.confirmations = [step]
    return reply
  }

  private static var person: RegisteredPerson {
    var person = RegisteredPerson()
    person.id = hostileItem
    (person.maskedName, person.maskedCitizenId) = (hostile, hostile)
    (person.residence, person.household, person.confirmation) = (hostile, hostile, hostile)
    return person
  }

  private static var dunning: LetterReply {
    var reply = LetterReply()
    var letter = LetterSummary()
    (letter.id, letter.issuer, letter.addressee) = (hostileItem, hostile, hostile)
    reply.summary = letter
    var list = DunningList()
    var line = DunningLine()
    (line.item, line.from, line.county) = (hostileItem, hostile, hostile)
    (line.holder, line.responsible, line.due) = (hostile, hostile, 2026_11_27)
    (list.lines, list.rules) = ([line], hostile)
    reply.dunning = list
    return reply
  }

  private static var roster: LetterReply {
    var reply = dunning
    reply.dunning = nil
    reply.summary?.period = 2026_11_01
    var roster = Roster()
    var line = RosterLine()
    (line.item, line.maskedName, line.maskedCitizenId) = (hostileItem, hostile, hostile)
    line.day = 2026_11_27
    roster.lines = [line]
    reply.roster = roster
    return reply
  }

  private static func text(of parts: [Markup]) -> String {
    var text = ""
    for part in parts { part.write(to: &text) }
    return text
  }

  /// Whether all of it is there, and none of it as markup.
  private static func isText(_ parts: [Markup]) -> Bool {
    let text = text(of: parts)
    return text.contains("&quot;&#39;&gt;&lt;x onerror=1&gt;")
      && !["<x", "\"'>", "</textarea>", "</script>"].contains { text.contains($0) }
  }

  @Test("Items: lists, persons, questions, deadlines, every kind of event, remarks and advice")
  func items() {
    for language in Language.allCases {
      let table = ItemTable(
        items: [Self.summary], language: language, today: .earliest, hasTicks: true,
        hasSteps: true)
      #expect(Self.isText([table.markup()]), "the list")
      let sections = HistorySections(reply: Self.follow, here: "440306", language)
      #expect(Self.isText([sections.person()]), "the person")
      #expect(Self.isText(sections.advice()), "the advice")
      #expect(Self.isText([sections.deadlines()]), "the deadlines")
      #expect(Self.isText([sections.times()]), "the line of time")
    }
  }

  @Test("Persons: versions, merges, confirmations, and cards side by side")
  func persons() {
    for language in Language.allCases {
      #expect(
        Self.isText(VersionSections(versions: Self.history.versions, language).markup()),
        "the versions")
      #expect(
        Self.isText(
          PageMarkup.sections(of: RecordView(reply: Self.history).decisions(in: language))),
        "the decisions")
      #expect(Self.isText([SideBySide(masked: [Self.person], language).markup("x")]), "masked")
      #expect(
        Self.isText([
          SideBySide(whole: [(Self.person, Self.subject)], language).markup(Self.hostile)
        ]), "whole")
    }
  }

  @Test("Letters: dunning lists and rosters, on a page and in the file to print")
  func letters() throws {
    for language in Language.allCases {
      let list = DunningView(reply: Self.dunning).report(in: language)
      #expect(Self.isText(list.markup), "a dunning list")
      let roster = try #require(SentReportView(reply: Self.roster).report(in: language))
      #expect(Self.isText(roster.markup), "a roster")
      let file = String(decoding: try ReportFormat.html.bytes(of: list), as: UTF8.self)
      #expect(!file.contains("<x"))
    }
  }
}
