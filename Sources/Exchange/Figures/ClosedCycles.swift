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
    let (today, digits) = (today, identity.division.prefix)
    var frozen = 0
    for cycle in try await ledger.read({ try $0.countedCycles() })
    where cycle.receiptCycle.last < today {
      let known = try await ledger.read {
        Set(try $0.frozenFigures(of: cycle, within: digits).map(\.county))
      }
      frozen += try await freeze(cycle, within: digits, but: known)
    }
    return frozen
  }

  /// Freezes the counties that begin with these digits, each in a commit of its own, so that nobody
  /// waits for them all.
  fileprivate func freeze(
    _ cycle: SubmissionCycle, within digits: String, but known: Set<DivisionCode> = []
  ) async throws -> Int {
    let now = now()
    let counties = try await ledger.read { try $0.countedDivisions(at: .county, within: digits) }
    var frozen = 0
    for county in counties.subtracting(known).sorted() {
      frozen += try await ledger.commit {
        try $0.freezeFigures(of: cycle, within: "\(county)", at: now).count
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
    // Whole counties have figures that are frozen; a part of one has none.
    _ = try await node.freeze(cycle, within: question.digits)
    let versions = try await node.ledger.read {
      try $0.frozenFigures(of: cycle, within: question.digits)
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
