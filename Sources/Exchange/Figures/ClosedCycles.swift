internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Figures of cycles that are closed: they are frozen as of the 27th, and a later correction makes a
/// new version beside the old.
extension Node {
  /// Freezes the cycles that have closed and that nobody has frozen yet; how many figures were.
  public func freezeClosedCycles() async throws -> Int {
    let (today, now, digits) = (today, now(), identity.division.prefix)
    var frozen = 0
    for cycle in try await ledger.read({ try $0.countedCycles() })
    where cycle.receiptCycle.last < today {
      let isFrozen = try await ledger.read {
        try !$0.frozenFigures(of: cycle, within: digits).isEmpty
      }
      if isFrozen { continue }
      frozen += try await ledger.commit {
        try $0.freezeFigures(of: cycle, within: digits, at: now).count
      }
    }
    return frozen
  }
}

/// The versions of a closed cycle's figures, as somebody asks for them.
struct ClosedCycles {
  let node: Node
  let context: CallContext

  /// What was corrected since the last version is a new one from now on.
  func versions(
    _ request: FiguresRequest, _ replies: MessageWriter<FigureVersion>
  ) async throws {
    let question = try FigureQuestion(
      cycle: request.cycle, of: request.of, by: context, at: node)
    let cycle = question.cycle
    guard cycle.receiptCycle.last < node.today else {
      throw CallFailure(
        .failedPrecondition, .invalid, field: "cycle",
        "\(cycle)周期到\(cycle.receiptCycle.last)才结束 / "
          + "cycle \(cycle) closes on \(cycle.receiptCycle.last)")
    }
    // A county's own figures are frozen at its node; a part of a county has none.
    let digits = node.identity.division.prefix
    let now = node.now()
    let versions = try await node.ledger.commit { ledger in
      try ledger.freezeFigures(of: cycle, within: digits, at: now)
      return try ledger.frozenFigures(of: cycle, within: question.digits)
    }
    for version in versions {
      var reply = FigureVersion()
      reply.figures = DivisionFigures(version.figures, of: version.county)
      reply.version = UInt32(clamping: version.version)
      reply.frozen = version.frozen
      reply.rules = version.rules
      reply.digest = version.digest
      try await replies.write(reply)
    }
  }
}
