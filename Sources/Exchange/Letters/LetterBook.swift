internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Writes the letters between two offices, of which one is above the other, into the ledger: one place
/// for what is done here and for what the other's node tells.
///
/// A letter has up to three steps, each sealed by the node of whoever did it: so both offices hold the
/// same letter, and either can prove it.
struct LetterBook {
  let identity: NodeIdentity
  let seals: SealChecks

  /// The node that serves an office: a village's people sign in at their township's.
  static func node(of office: DivisionCode) -> DivisionCode { office.township ?? office }

  /// What a letter is to be.
  struct Draft {
    let kind: LetterKind
    let issuer: DivisionCode
    let addressee: DivisionCode
    let period: CivilDate
    var part = 1
    let lines: Int
    let body: [UInt8]
  }

  /// Writes a letter of this node's office or of one whose people sign in here; a letter of the same
  /// kind, period and part to the same office is here already (`known`, `conflict`) and stays.
  ///
  /// - Returns: What became of it, and the neighbour that has something to take.
  func issue(
    _ draft: Draft, by actor: LedgerActor, now: Int64, in ledger: LedgerTransaction
  ) throws -> (outcome: InsertOutcome, told: String?) {
    let nodes = [draft.issuer, draft.addressee].map(LetterBook.node)
    let other = nodes[0] == nodes[1] ? nil : nodes.first { $0 != identity.division }
    let letter = StoredLetter(
      kind: draft.kind, issuer: "\(draft.issuer)", addressee: "\(draft.addressee)",
      peer: other.map { "\($0)" } ?? "", period: draft.period.yyyymmdd,
      part: Int32(clamping: draft.part), lines: Int32(clamping: draft.lines), issued: now)
    let issued = StoredLetterEvent(
      letter: letter.id, step: .issued, at: now, actor: actor, body: draft.body)
    let outcome = try ledger.insert(letter, issued: issued, from: .here, at: now)
    guard outcome == .new else { return (outcome, nil) }
    // Where no node serves a township, its people sign in at the county's.
    let isServedHere =
      try nodes[1] == identity.division
      || identity.kind == .county && ledger.node("\(nodes[1])") == nil
    if isServedHere {
      try deliver(letter.id, issued, now: now, in: ledger)
    }
    return (outcome, letter.peer.isEmpty ? nil : letter.peer)
  }

  /// An operator of the addressee takes note of a letter; again it changes nothing.
  ///
  /// - Returns: The neighbour that has something to take.
  func acknowledge(
    _ letter: StoredLetter, by actor: LedgerActor, note: String, now: Int64,
    in ledger: LedgerTransaction
  ) throws -> String? {
    let issued = try ledger.events(ofLetter: letter.id).first { $0.step == .issued }
    let event = StoredLetterEvent(
      letter: letter.id, step: .acknowledged, at: now, actor: actor, note: note,
      follows: issued?.digest.bytes ?? [])
    guard try ledger.insert(event, from: .here, at: now) == .new else { return nil }
    return letter.peer.isEmpty ? nil : letter.peer
  }

  /// Stores a step that a neighbour tells, and writes that a letter to this node's people has come.
  ///
  /// - Returns: The step's digest, and whether something follows that the neighbour is to be told.
  /// - Throws: `CallFailure`, why it is not taken; trouble of the store.
  func take(
    _ bytes: [UInt8], from peer: DivisionCode, now: Int64, in ledger: LedgerTransaction
  ) throws -> (head: [UInt8], isAnswered: Bool) {
    let arrived: ArrivedLetter?
    do throws(MessageRefusal) {
      arrived = try ArrivedLetter(bytes: bytes, from: "\(peer)")
    } catch {
      throw CallFailure(error)
    }
    guard let (letter, event) = arrived.map({ ($0.letter, $0.event) }) else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "letter.kind", "this node knows no such letter")
    }
    try check(letter, event, from: peer)
    try seals.check(event.seal, on: event.digest, by: event.actor.division, in: ledger)
    let head = event.digest.bytes
    guard event.step == .issued else {
      let issued = try ledger.events(ofLetter: letter.id).first { $0.step == .issued }
      guard let issued else {
        throw CallFailure(.notFound, .unknown, field: "letter", "the letter itself has not come")
      }
      guard issued.digest.bytes == event.follows else { throw LetterBook.otherContent }
      _ = try ledger.insert(event, from: .elsewhere, at: now)
      return (head, false)
    }
    switch try ledger.insert(letter, issued: event, from: .elsewhere, at: now) {
    case .known: return (head, false)
    case .conflict: throw LetterBook.otherContent
    case .new: break
    }
    // Its own letter, told back to a store that was put back, was not addressed to it.
    guard let issuer = DivisionCode(letter.issuer), LetterBook.node(of: issuer) == peer else {
      return (head, false)
    }
    try deliver(letter.id, event, now: now, in: ledger)
    return (head, true)
  }

  private func deliver(
    _ letter: LedgerID, _ issued: StoredLetterEvent, now: Int64, in ledger: LedgerTransaction
  ) throws {
    let delivered = StoredLetterEvent(
      letter: letter, step: .delivered, at: now, actor: identity.actor,
      follows: issued.digest.bytes)
    _ = try ledger.insert(delivered, from: .here, at: now)
  }

  /// Whether a step is of a letter between this node's people and the neighbour's, and of the side
  /// whose step it is.
  private func check(
    _ letter: StoredLetter, _ event: StoredLetterEvent, from peer: DivisionCode
  ) throws(CallFailure) {
    guard let issuer = DivisionCode(letter.issuer), let addressee = DivisionCode(letter.addressee),
      letter.kind.isUpward ? addressee.contains(issuer) : issuer.contains(addressee),
      letter.part >= 1,
      Set([issuer, addressee].map(LetterBook.node)) == [peer, identity.division]
    else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "letter.addressee",
        "\(peer) may not tell of this letter")
    }
    // A township without a node of its own is served by its county's.
    let actor = event.actor.division
    let isOfSide =
      switch event.step {
      case .issued: actor == letter.issuer
      case .delivered: [peer, identity.division].contains { "\($0)" == actor }
      case .acknowledged: actor == letter.addressee
      }
    guard isOfSide else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "letter.actor.division",
        "\(actor) has no part in this step of the letter")
    }
    guard event.at > 0 else {
      throw CallFailure(
        .invalidArgument, .timeOutOfRange, field: "letter.at", "the step has no time")
    }
  }

  private static let otherContent = CallFailure(
    .alreadyExists, .otherContent, field: "letter",
    "another letter of this issuer, addressee, period and part is here")
}

extension Node {
  /// The letters of this node.
  var letters: LetterBook { LetterBook(identity: identity, seals: seals) }
}
