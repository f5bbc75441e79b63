public import ExchangeProtos
public import ExchangeRules
internal import Presentation

extension NodeSession {
  /// The letters to one's own office and to those below it.
  ///
  /// - Parameters:
  ///   - kind: What they are about.
  ///   - period: The day that the period is called by; nil: the last one of which there are letters.
  /// - Returns: The letters, by addressee.
  /// - Throws: The node's refusal.
  public func letters(
    _ kind: LetterKind, of period: CivilDate? = nil
  ) async throws -> [LetterSummary] {
    var request = LettersRequest()
    request.kind = kind
    request.period = period?.yyyymmdd ?? 0
    return try await all(Letters.list, request)
  }

  /// The letters that wait for one's own office to acknowledge them, the oldest first.
  public func lettersWaiting(_ kind: LetterKind) async throws -> [LetterSummary] {
    var request = LettersRequest()
    request.kind = kind
    request.waiting = true
    return try await all(Letters.list, request)
  }

  /// A letter with its steps and its content.
  public func letter(_ name: String) async throws -> LetterReply {
    var request = LetterRequest()
    request.id = try await letterID(name)
    return try await call(Letters.read, request)
  }

  /// Takes note of a letter to one's own office.
  public func acknowledge(_ name: String, note: String) async throws -> LetterSummary {
    var request = AcknowledgeRequest()
    request.id = try await letterID(name)
    request.note = note
    return try await call(Letters.acknowledge, request)
  }

  /// A letter is named by the end of its id among those that wait and those of the last period.
  private func letterID(_ name: String) async throws -> [UInt8] {
    try await NamedThing.letter.ids(of: [name]) {
      var listed: Set<[UInt8]> = []
      for kind in LetterKind.allCases {
        listed.formUnion(try await lettersWaiting(kind).map(\.id))
        listed.formUnion(try await letters(kind).map(\.id))
      }
      return listed
    }.first ?? []
  }
}
