import ExchangeProtos
import ExchangeRules
import Ledger
import TLS
import TestSupport

@testable import Exchange

extension WrittenHistory {
  static func all() throws -> [WrittenHistory] {
    [
      try answered(), try inAnyOrder(), try givenToATownship(), try forked(), try waiting(),
      try unsealed(), try ofAnotherKey(), try ofAnotherTime(), try revoked(),
      try takenBack(), try withdrawn(), try forgotten(), try refused(), try askedFor(),
    ]
  }

  private static let submission: ItemEvent.Detail = {
    var submission = Submission()
    submission.submitted = 2009_06_17
    submission.profile = "provincial-2009"
    submission.urgency = .normal
    submission.feedbackRequired = true
    submission.cycle = "2009-06"
    submission.due = 2009_07_17
    return .submitted(submission)
  }()

  private static func answer(_ remark: String) -> ItemEvent.Detail {
    var answer = Answer()
    answer.finding = .found
    answer.remark = remark
    return .answered(answer)
  }

  private static let counts = "counts"

  /// Entered, submitted, relayed, delivered and received, each by its side.
  private static func received(
    _ draft: Draft, enteredBy author: String = from
  ) throws -> [StoredEvent] {
    let asking = try draft.page(
      of: from,
      [
        draft.event(.entered, by: author, .entered(Cases.assistRequest())),
        draft.event(.submitted, by: from, submission),
      ])
    let relay = try draft.page(of: province, [draft.event(.relayed, by: province)])
    let asked = try draft.page(
      of: to, [draft.event(.delivered, by: to), draft.event(.received, by: to)])
    return asking + relay + asked
  }

  private static func answered() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    events += try draft.page(of: to, [draft.event(.answered, by: to, answer("found"))])
    events += try draft.page(of: from, [draft.event(.closed, by: from)])
    return try draft.history(
      "answered", "The whole life of an assist request: two pages have more than one event.",
      events, signers: [from, province, to],
      expecting: Array(repeating: counts, count: 7) + ["state closed", "7"])
  }

  private static func inAnyOrder() throws -> WrittenHistory {
    let draft = try Draft()
    let events = try received(draft)
    let order = [4, 0, 3, 3, 2, 1].map { events[$0] }
    return try draft.history(
      "in-any-order", "The same events give the same item in any order, and twice.", order,
      signers: [from, province, to],
      expecting: Array(repeating: counts, count: 6) + ["state received", "1"])
  }

  private static func givenToATownship() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    let before = events[4].digest
    let given = draft.event(.assigned, by: to, .assigned(town))
    events += try draft.page(of: to, [given])
    events += try draft.page(of: town, [draft.event(.answered, by: town, answer("found"))])
    // It has not seen that the item was given to it.
    events += try draft.page(
      of: town, [draft.event(.answered, by: town, answer("early"), after: [before])])
    return try draft.history(
      "given-to-a-township", "S10.2: a township answers what it knows was given to it.", events,
      signers: [from, province, to, town],
      expecting: Array(repeating: counts, count: 7)
        + ["no effect wrong-division", "state answered", "7", "8"])
  }

  private static func forked() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    let before = events[4].digest
    let given = draft.event(.assigned, by: to, .assigned(town))
    events += try draft.page(of: to, [given])
    events += try draft.page(
      of: town, [draft.event(.answered, by: town, answer("not here"), after: [given.digest])])
    events += try draft.page(
      of: to, [draft.event(.answered, by: to, answer("here"), after: [given.digest])])
    events += try draft.page(of: to, [draft.event(.received, by: to, after: [before])])
    return try draft.history(
      "forked",
      "Two answers that did not know of each other: the higher office's counts. A second "
        + "receipt has no place.", events,
      signers: [from, province, to, town],
      expecting: Array(repeating: counts, count: 6)
        + [
          "no effect done-before", counts, "no effect wrong-state", "state answered", "7", "8", "9",
        ])
  }

  private static func deciding(_ event: StoredEvent) -> ItemEvent.Detail {
    var decision = RightDecision()
    (decision.request, decision.granted, decision.reason) = (event.digest.bytes, true, "closed")
    return .rightDecided(decision)
  }

  private static func askedFor() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    events += try draft.page(of: to, [draft.event(.answered, by: to, answer("found"))])
    events += try draft.page(of: from, [draft.event(.closed, by: from)])
    var request = RightRequest()
    (request.right, request.reason, request.basis) = (.erasure, "no longer needed", "PIPL 47")
    let asked = draft.event(.rightAsked, by: from, .rightAsked(request))
    let alone = draft.event(.rightDecided, by: from, deciding(asked))
    events += try draft.page(of: from, [asked, alone])
    events += try draft.page(of: to, [draft.event(.rightDecided, by: to, deciding(asked))])
    let approved = draft.event(.rightDecided, by: from, deciding(asked), as: "chief")
    events += try draft.page(of: from, [approved])
    let done = draft.event(.rightDecided, by: to, deciding(asked))
    let again = draft.event(.rightDecided, by: to, deciding(asked))
    events += try draft.page(of: to, [done, again])
    return try draft.history(
      "asked-for",
      "PIPL 47: what a person asks for is approved by a second person where it was taken up, then "
        + "decided by the other county, each once.", events,
      signers: [from, province, to],
      expecting: Array(repeating: counts, count: 8)
        + [
          "no effect second-person", "no effect not-approved", counts, counts,
          "no effect not-awaited", "state closed", "13",
        ])
  }

  private static func takingBack(_ event: StoredEvent) -> ItemEvent.Detail {
    var taking = TakingBack()
    taking.event = event.digest.bytes
    taking.reason = "written for another woman"
    return .takenBack(taking)
  }

  private static func takenBack() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    let given = draft.event(.assigned, by: to, .assigned(town))
    events += try draft.page(of: to, [given])
    let wrong = draft.event(.answered, by: town, answer("wrong"))
    let back = draft.event(.takenBack, by: town, takingBack(wrong), after: [wrong.digest])
    let closed = draft.event(.closed, by: from, after: [wrong.digest])
    let others = draft.event(
      .takenBack, by: to, takingBack(wrong), after: [wrong.digest])
    let never = draft.event(.takenBack, by: to, takingBack(events[4]), after: [wrong.digest])
    let anew = draft.event(
      .answered, by: town, answer("right"), after: [back.digest, closed.digest].sorted())
    let late = draft.event(.takenBack, by: town, takingBack(wrong), after: [anew.digest])
    events += try draft.page(of: town, [wrong, back])
    events += try draft.page(of: from, [closed])
    events += try draft.page(of: to, [others, never])
    events += try draft.page(of: town, [anew, late])
    return try draft.history(
      "taken-back",
      "A township takes its answer back while it is closed: both fall, and it answers anew. Others "
        + "cannot take it back, nobody a receipt, nor anything twice.", events,
      signers: [from, province, to, town],
      expecting: Array(repeating: counts, count: 6)
        + [
          "no effect taken-back", counts, "no effect taken-back", "no effect wrong-division",
          "no effect cannot-be-taken-back", counts, "no effect nothing-to-take-back",
          "state answered", "10", "11", "13",
        ])
  }

  private static func withdrawn() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    let back = draft.event(.takenBack, by: from, takingBack(events[0]), after: [events[2].digest])
    let meanwhile = draft.event(.answered, by: to, answer("found"), after: [events[4].digest])
    let late = draft.event(
      .closed, by: from, after: [back.digest, meanwhile.digest].sorted())
    events += try draft.page(of: from, [back])
    events += try draft.page(of: to, [meanwhile])
    events += try draft.page(of: from, [late])
    return try draft.history(
      "withdrawn",
      "The asking county takes the entry back: the item is withdrawn, also where it was answered "
        + "meanwhile.", events,
      signers: [from, province, to],
      expecting: [
        counts, counts, counts, "no effect withdrawn", "no effect withdrawn", counts,
        "no effect withdrawn", "no effect wrong-state", "state withdrawn", "8",
      ])
  }

  private static func forgotten() throws -> WrittenHistory {
    let draft = try Draft()
    let author = "\(from)018"
    var events = try received(draft, enteredBy: author)
    let answered = draft.event(.answered, by: to, answer("found"))
    let closed = draft.event(.closed, by: from)
    let back = draft.event(.takenBack, by: from, takingBack(events[0]), after: [events[4].digest])
    let below = draft.event(
      .takenBack, by: author, takingBack(events[0]), after: [events[0].digest])
    events += try draft.page(of: to, [answered])
    events += try draft.page(of: from, [closed, back, below])
    return try draft.history(
      "forgotten",
      "The asking county takes the entry back as if it had not closed the item, its township as if "
        + "it had not been sent: neither holds.", events,
      signers: [from, province, to],
      expecting: Array(repeating: counts, count: 7)
        + ["no effect done-twice", "no effect done-before", "state closed", "7", "8", "9"])
  }

  private static func refused() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    var refusal = Refusal()
    refusal.reason = "unroutable"
    events += try draft.page(
      of: province,
      [draft.event(.refused, by: province, .refused(refusal), after: [events[2].digest])])
    return try draft.history(
      "refused", "A province refuses what was handed over, of which it had not heard: it stays.",
      events, signers: [from, province, to],
      expecting: Array(repeating: counts, count: 5)
        + ["no effect done-before", "state received", "5", "6"])
  }

  private static func waiting() throws -> WrittenHistory {
    let draft = try Draft()
    let events = try received(draft)
    return try draft.history(
      "waiting", "What an event follows has not come: it waits, and so does what follows it.",
      [events[0], events[1], events[3], events[4]], signers: [from, province, to],
      expecting: [
        counts, counts, "no effect waits-for-earlier", "no effect waits-for-earlier",
        "state submitted", "2", "4",
      ])
  }

  private static func unsealed() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    events[4].seal = []
    events[3].seal[40] ^= 1
    return try draft.history(
      "unsealed", "An event without a seal, and one whose seal was changed.", events,
      signers: [from, province, to],
      expecting: [
        counts, counts, counts, "set aside false-seal", "set aside unsealed", "state relayed", "3",
      ])
  }

  private static func ofAnotherKey() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    let before = events[4].digest
    let forged = draft.event(.answered, by: to, answer("forged"), after: [before])
    events += try draft.page(of: province, [forged])
    let lower = draft.event(.answered, by: to, answer("from below"), after: [before])
    events += try draft.page(of: town, [lower])
    let moved = draft.event(.answered, by: to, answer("moved"), after: [before])
    var borrowed = moved
    borrowed.seal = events[4].seal
    events.append(borrowed)
    return try draft.history(
      "of-another-key",
      "Sealed by the province, by a township, and with another event's seal; the "
        + "township's certificate was not shown.", events,
      signers: [from, province, to],
      expecting: Array(repeating: counts, count: 5)
        + [
          "set aside wrong-division", "set aside unknown-signer", "set aside false-seal",
          "state received", "5",
        ])
  }

  private static func ofAnotherTime() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    let early = draft.event(.answered, by: to, answer("early"))
    events += try draft.page(of: to, [early], at: 900_000_000_000)
    return try draft.history(
      "of-another-time", "Sealed before the certificate was valid.", events,
      signers: [from, province, to],
      expecting: Array(repeating: counts, count: 5)
        + ["set aside certificate-out-of-date", "state received", "5"])
  }

  private static func revoked() throws -> WrittenHistory {
    let draft = try Draft()
    var events = try received(draft)
    let hour = TestClock.start + 3_600_000
    let late = draft.event(.answered, by: to, answer("late"))
    events += try draft.page(of: to, [late], at: hour + 7_200_000)
    let authority = try CertificateAuthority(directory: draft.folder.path)
    let serial = try PeerIdentity(certificateFile: "\(draft.folder.path)/\(to).pem").serial
    try authority.revoke(serials: [serial], now: (hour + 3_600_000) / 1000)
    return try draft.history(
      "revoked", "A certificate was revoked: what it sealed before stays sealed.", events,
      signers: [from, province, to], revoked: true,
      expecting: Array(repeating: counts, count: 5)
        + ["set aside certificate-revoked", "state received", "5"])
  }
}
