internal import Credentials
internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC
internal import Wire

/// Flows of persons, published period by period, and the capacities of places (S13.1).
struct FlowService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(Flows.publish) { request, context in
      try await publish(request, by: context.caller)
    }
    methods.answer(Flows.show) { request, _ in
      let release = try FlowService.release(request)
      let published = try await node.ledger.read { try $0.flowRelease(beside: release) }
      guard let published, published.release == release else {
        throw CallFailure(
          .notFound, .unknown, field: "period",
          "该时段尚未发布，请先发布 / this period is not published; publish it first")
      }
      return try PublishedFlows(decoding: published.body)
    }
    methods.stream(Flows.list) { _, _, replies in
      var last: Int32 = 0
      while true {
        let page = try await node.ledger.read { [last] in try $0.flowReleases(after: last) }
        for flows in page { try await replies.write(FlowPeriod(flows)) }
        guard let end = page.last?.first else { return }
        last = end
      }
    }
    methods.answer(Flows.setCapacity) { request, context in
      try await Capacities(node: node, context: context).set(request)
    }
    methods.stream(Flows.capacities) { _, context, replies in
      let places = try await Capacities(node: node, context: context).places()
      for place in places { try await replies.write(place) }
    }
  }

  private func publish(_ request: FlowPeriod, by caller: Caller) async throws -> PublishedFlows {
    let release = try FlowService.release(request)
    guard node.identity.kind != .province else {
      throw CallFailure(
        .permissionDenied, .wrongDivision, field: "period",
        "省级节点没有人员登记，请在县级节点发布 / a province keeps no register; publish at a county's node")
    }
    guard release.last < node.today else {
      throw CallFailure(
        .failedPrecondition, word: RuleReason.inTheFuture.rawValue, field: "last",
        "时段尚未结束，\(release.last)之后才能发布 / the period is not over; publish it after \(release.last)")
    }
    let beside = try await node.ledger.read { try $0.flowRelease(beside: release) }
    switch release.answer(beside: [beside?.release].compactMap(\.self)) {
    case .show: return try PublishedFlows(decoding: beside?.body ?? [])
    case .refuse(let other): throw FlowService.shared(with: other)
    case .count: break
    }
    var counts = FlowCounts(release)
    try await Movers(node: node).handOut { counts.add($0) }
    let (now, actor) = (node.now(), LedgerActor(caller))
    let flows = PublishedFlows(counts, at: now, by: caller.account)
    let stored = StoredFlowRelease(release, at: now, actor: actor, body: flows.encoded())
    do {
      try await node.ledger.commit { ledger in
        // Another one may have been published meanwhile.
        if let other = try ledger.flowRelease(beside: release)?.release {
          throw FlowService.shared(with: other)
        }
        try ledger.publish(stored)
        try ledger.leaveTrace(
          TraceEntry(
            at: now, actor: actor, action: "publish-flows",
            purpose: "\(release.first) \(release.last) \(release.level.word)", item: nil,
            subjectKey: ""))
      }
    } catch {
      throw CallFailure(ledger: error)
    }
    return flows
  }

  private static func release(_ request: FlowPeriod) throws(CallFailure) -> FlowRelease {
    guard let first = CivilDate(yyyymmdd: request.first),
      let last = CivilDate(yyyymmdd: request.last), let level = request.level,
      let release = FlowRelease(first: first, last: last, level: level)
    else {
      throw CallFailure(
        .invalidArgument, .invalid, field: "period",
        "时段的开始不能晚于结束 / the period ends before it begins")
    }
    return release
  }

  private static func shared(with other: FlowRelease) -> CallFailure {
    CallFailure(
      .failedPrecondition, .conflict, field: "period",
      """
      与已发布的时段 \(other.first) 至 \(other.last)（按\(other.level.label.chinese)）有重叠，两者相减会泄露小数；\
      请换一个时段 / \(other.first) to \(other.last) by \(other.level.word) is published and shares days with \
      this one, so that the two could be subtracted; choose another period
      """)
  }
}

extension FlowPeriod {
  fileprivate init(_ flows: StoredFlowRelease) {
    self.init()
    first = flows.first
    last = flows.last
    level = flows.level
  }
}

extension PublishedFlows {
  fileprivate init(_ counts: FlowCounts, at time: Int64, by account: String) {
    self.init()
    var period = FlowPeriod()
    period.first = counts.release.first.yyyymmdd
    period.last = counts.release.last.yyyymmdd
    period.level = counts.release.level
    self.period = period
    published = time
    by = account
    tables = FlowBeside.allCases.compactMap { beside in
      counts.table(by: beside).map { PublishedTable($0, beside) }
    }
  }
}

extension PublishedTable {
  fileprivate init(_ table: FlowTable<String, String>, _ beside: FlowBeside) {
    self.init()
    self.beside = beside
    rows = zip(table.rows, table.rowTotals).map { line, persons in
      switch line {
      case .one(let key): FlowLine(key, isOthers: false, persons)
      case .others: FlowLine("", isOthers: true, persons)
      }
    }
    columns = zip(table.columns, table.columnTotals).map { line, persons in
      switch line {
      case .one(let key): FlowLine(key, isOthers: false, persons)
      case .others: FlowLine("", isOthers: true, persons)
      }
    }
    cells = table.cells.flatMap { $0.map { UInt32(clamping: $0 ?? 0) } }
    persons = UInt64(clamping: table.total)
  }
}

extension FlowLine {
  fileprivate init(_ key: String, isOthers: Bool, _ persons: Int) {
    self.init()
    self.key = key
    others = isOthers
    self.persons = UInt64(clamping: persons)
  }
}
