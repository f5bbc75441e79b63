internal import ExchangeProtos
internal import Ledger
internal import Logging
internal import Wire

extension LinkSession {
  /// Stores the steps that came, with how far this side has come then.
  ///
  /// A step that cannot be taken, because its certificate is not known yet perhaps, holds the place:
  /// it comes again with the next link, and with it all behind it, which are known then. What comes
  /// twice is known by its identity.
  ///
  /// - Parameters:
  ///   - letters: What came.
  ///   - store: The identity of the other side's outbox.
  ///   - isHeld: Whether a step before could not be taken.
  /// - Returns: Whether one could not be taken so far.
  /// - Throws: Trouble of the store.
  func take(_ letters: [LinkLetter], from store: String, isHeld: Bool) async throws -> Bool {
    let (book, division, peer, now) = (node.letters, division, peer, node.now())
    let outcome = try await node.ledger.commit { ledger in
      var (isHeld, isAnswered, refusal) = (isHeld, false, CallFailure?.none)
      var reached: LetterCursor?
      for letter in letters {
        var cursor = LetterCursor(store: store, sequence: letter.sequence, head: [])
        do {
          let taken = try book.take(letter.event, from: division, now: now, in: ledger)
          cursor.head = taken.head
          isAnswered = isAnswered || taken.isAnswered
        } catch {
          let failure = CallFailure(ledger: error)
          if failure.isTroubleOfTheStore { throw failure }
          (refusal, isHeld) = (failure, true)
        }
        if !isHeld { reached = cursor }
      }
      if let reached { try ledger.moveLetterCursor(of: peer, to: reached) }
      return (isHeld: isHeld, isAnswered: isAnswered, refusal: refusal)
    }
    if let refusal = outcome.refusal {
      node.log(
        .error, "a letter of a neighbour cannot be taken; it is tried again with the next link",
        of: peer, ["reason": "\(refusal.reason)", "text": "\(refusal.text)"])
    }
    if outcome.isAnswered { node.signals.raise([peer]) }
    return outcome.isHeld
  }
}
