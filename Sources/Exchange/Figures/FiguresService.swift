internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// The figures of cycles: from the whole down to one item (S5, S6, S9, G4).
struct FiguresService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.stream(Figures.show) { request, context, replies in
      try await show(request, context, replies)
    }
    methods.stream(Figures.items) { request, context, replies in
      try await items(request, context, replies)
    }
    methods.stream(Figures.versions) { [node] request, context, replies in
      try await ClosedCycles(node: node, context: context).versions(request, replies)
    }
  }

  /// The figures of every division that takes part in the exchange, also of one with nothing to
  /// count: that is what is to be seen (S6.2).
  private func show(
    _ request: FiguresRequest, _ context: CallContext, _ replies: MessageWriter<DivisionFigures>
  ) async throws {
    let question = try FigureQuestion(
      cycle: request.cycle, of: request.of, asOf: request.asOf, by: context, at: node)
    let level = try question.level(request.by)
    try await Tracing(node: node).read(
      figuresOf: question.of, in: question.cycle, by: context.caller)
    let shown = try await node.ledger.read { ledger in
      var shown = try ledger.figures(
        of: question.cycle, at: level, within: question.digits, asOf: question.asOf)
      for division in try participants(in: question, at: level, ledger)
      where shown[division] == nil {
        shown[division] = CycleFigures(question.cycle, asOf: question.asOf)
      }
      return shown
    }
    for (division, figures) in shown.sorted(by: { $0.key < $1.key }) {
      try await replies.write(DivisionFigures(figures, of: division))
    }
  }

  private func participants(
    in question: FigureQuestion, at level: DivisionLevel, _ ledger: LedgerReader
  ) throws -> Set<DivisionCode> {
    var divisions = try ledger.countedDivisions(at: level, within: question.digits)
    if level == FigureDivision.level(of: question.of) { divisions.insert(question.of) }
    for node in try ledger.nodes() where question.covers(node.division) {
      guard let division = FigureDivision.division(of: node.division, at: level) else { continue }
      divisions.insert(division)
    }
    return divisions
  }

  /// The items that the figures of a division look at, in either direction; each comes once.
  private func items(
    _ request: FigureItemsRequest, _ context: CallContext, _ replies: MessageWriter<FigureItem>
  ) async throws {
    let question = try FigureQuestion(
      cycle: request.cycle, of: request.of, by: context, at: node)
    try await Tracing(node: node).read(
      itemsOf: question.of, in: question.cycle, by: context.caller)
    let counties = try await node.ledger.read { ledger in
      if let county = question.of.county { return [county] }
      return try ledger.countedDivisions(at: .county, within: question.digits).sorted()
    }
    for county in counties {
      for side in CountedSide.allCases {
        try await write(side, of: county, question, to: replies)
      }
    }
  }

  private func write(
    _ side: CountedSide, of county: DivisionCode, _ question: FigureQuestion,
    to replies: MessageWriter<FigureItem>
  ) async throws {
    var place: CountedPlace? = .start
    while let after = place {
      let page = try await node.ledger.read {
        try $0.countedItems(of: county, side, in: question.cycle, after: after)
      }
      for item in page.items {
        guard let counted = item.counted else { continue }
        let isAsking = question.covers(counted.askingPlace)
        // What both sides count has come with the asking side.
        guard side == .asking ? isAsking : question.covers(counted.askedPlace) && !isAsking else {
          continue
        }
        try await replies.write(FigureItem(item.id, counted))
      }
      place = page.next
    }
  }
}

extension DivisionFigures {
  /// The figures of a division as they travel.
  init(_ figures: CycleFigures, of division: DivisionCode) {
    self.init()
    self.division = "\(division)"
    asOf = figures.asOf.yyyymmdd
    func count(_ measure: FigureMeasure) -> UInt64 { UInt64(clamping: figures[measure]) }
    submitted = count(.submitted)
    asked = count(.asked)
    feedbackRequired = count(.feedbackRequired)
    receivedInCycle = count(.receivedInCycle)
    fedBackInCycle = count(.fedBackInCycle)
    inTime = count(.inTime)
    lateDone = count(.lateDone)
    neverDone = count(.neverDone)
    open = count(.open)
    notFound = count(.notFound)
    substantiated = count(.substantiated)
    queries = count(.queries)
    queriesFedBack = count(.queriesFedBack)
  }
}

extension FigureItem {
  /// An item as whoever asks for figures sees it.
  fileprivate init(_ id: LedgerID, _ item: CountedItem) {
    self.init()
    self.id = id.bytes
    kind = item.kind
    from = item.from
    to = item.to
    askingPlace = item.askingPlace
    askedPlace = item.askedPlace
    feedbackRequired = item.feedbackRequired
    submitted = item.submitted.yyyymmdd
    due = item.due.yyyymmdd
    received = item.received?.yyyymmdd ?? 0
    answered = item.answered?.yyyymmdd ?? 0
    finding = item.finding
    substantiated = item.substantiated
  }
}
