import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Wire

/// The operator of an office: signs in, does some of what there is to do, and goes; what failed is
/// tried again.
final class Clerk: @unchecked Sendable {
  private unowned let office: Office
  private unowned let network: Network
  private let notebook: Notebook
  private let cases: CaseMaker
  private var chance: SeededNumbers
  /// Entries that nobody has acknowledged or refused yet.
  private var pending: [Item] = []
  /// Whether the office is at work.
  var isAtWork = false
  /// Whether a session is under way.
  private(set) var isBusy = false

  init(
    _ office: Office, in network: Network, _ notebook: Notebook, _ cases: CaseMaker, seed: UInt64
  ) {
    (self.office, self.network, self.notebook) = (office, network, notebook)
    self.cases = cases
    chance = SeededNumbers(seed: seed)
  }

  /// Whether everything that was entered is acknowledged or refused.
  var isDone: Bool { !isBusy && pending.isEmpty }

  /// Works for as long as the simulation lasts.
  func work() async {
    while true {
      try? await Task.sleep(for: .milliseconds(Int.random(in: 200...4_000, using: &chance)))
      guard isAtWork || !pending.isEmpty, office.standing == .up else { continue }
      isBusy = true
      await session()
      isBusy = false
    }
  }

  private func session() async {
    let connection: RPCConnection
    do {
      connection = try await office.site.signIn()
    } catch {
      network.trace.note(office.division, "operator cannot sign in: \(error)")
      return
    }
    do {
      try await repeatEntries(connection)
      if isAtWork {
        for _ in 0..<Int.random(in: 1...6, using: &chance) { try await act(connection) }
      }
    } catch {
      network.trace.note(office.division, "operator gives up: \(error)")
    }
    await connection.close()
  }

  private func act(_ connection: RPCConnection) async throws(CallFailure) {
    let dice = Int.random(in: 0..<10, using: &chance)
    switch (office.kind, dice) {
    case (.province, _): _ = try await connection.call(Items.counts, CountsRequest())
    case (.township, ..<5), (.county, 0): try await enter(connection)
    case (.township, 5): try await takeBack(connection)
    case (.township, _): try await answer(connection)
    case (.county, 1..<4): try await all(Items.send, .submitted, connection)
    case (.county, 4..<6): try await all(Items.receive, .received, connection)
    case (.county, 6): try await assign(connection)
    case (.county, 7): try await reassignOrTakeBack(connection)
    case (.county, 8): try await answer(connection)
    case (.county, _): try await all(Items.close, .closed, connection)
    }
  }

  // MARK: Acts

  private func enter(_ connection: RPCConnection) async throws(CallFailure) {
    for _ in 0..<Int.random(in: 1...8, using: &chance) {
      guard let item = cases.item(enteredAt: office.division, at: office.site.now, &chance) else {
        return
      }
      notebook.made(item)
      pending.append(item)
    }
    try await repeatEntries(connection)
  }

  private func repeatEntries(_ connection: RPCConnection) async throws(CallFailure) {
    while let item = pending.first {
      var request = EnterRequest()
      request.item = item
      do throws(CallFailure) {
        _ = try await connection.call(Items.enter, request)
        acknowledged(LedgerID(item.id), .entered)
      } catch {
        guard error.isForGood else { throw error }
        notebook.refused(item, "\(error)", by: office.division)
      }
      pending.removeFirst()
    }
  }

  private func all(
    _ method: UnaryMethod<ItemsRequest, ItemsReply>, _ kind: EventKind, _ connection: RPCConnection
  ) async throws(CallFailure) {
    var request = ItemsRequest()
    request.all = true
    repeat {
      let reply = try await connection.call(method, request)
      for outcome in reply.outcomes where outcome.done {
        acknowledged(LedgerID(outcome.id), kind)
      }
      request.after = reply.cursor
    } while !request.after.isEmpty
  }

  private func assign(_ connection: RPCConnection) async throws(CallFailure) {
    for item in try await todo(connection, .received) {
      var request = AssignRequest()
      request.id = item.id
      do throws(CallFailure) {
        _ = try await connection.call(Items.assign, request)
        acknowledged(LedgerID(item.id), .assigned)
      } catch {
        guard error.isForGood else { throw error }
      }
    }
  }

  /// Gives items to another township than before, or takes an answer or an entry back.
  private func reassignOrTakeBack(_ connection: RPCConnection) async throws(CallFailure) {
    guard Int.random(in: 0..<2, using: &chance) == 0 else { return try await takeBack(connection) }
    let townships = network.below(office.division).map(\.division)
    for item in try await list(connection, .in, .assigned).prefix(3) {
      var request = AssignRequest()
      request.id = item.id
      request.to = townships.randomElement(using: &chance) ?? ""
      do throws(CallFailure) {
        _ = try await connection.call(Items.assign, request)
        acknowledged(LedgerID(item.id), .assigned)
      } catch {
        guard error.isForGood else { throw error }
      }
    }
  }

  private func takeBack(_ connection: RPCConnection) async throws(CallFailure) {
    let isEntry = Int.random(in: 0..<2, using: &chance) == 0
    let items = try await list(connection, isEntry ? .out : .in, isEntry ? .entered : .answered)
    guard let item = items.randomElement(using: &chance) else { return }
    var request = TakeBackRequest()
    request.id = item.id
    request.kind = isEntry ? .entered : .answered
    request.reason = "误录"
    do throws(CallFailure) {
      _ = try await connection.call(Items.takeBack, request)
      acknowledged(LedgerID(item.id), .takenBack)
    } catch {
      guard error.isForGood else { throw error }
    }
  }

  private func answer(_ connection: RPCConnection) async throws(CallFailure) {
    for item in try await todo(connection, office.kind == .county ? .received : .assigned)
    where Int.random(in: 0..<3, using: &chance) > 0 {
      var search = SearchRequest()
      search.id = item.id
      var step = SearchStep()
      step.source = .womenRegister
      step.found = true
      search.step = step
      var answer = AnswerRequest()
      answer.id = item.id
      var found = Answer()
      found.finding = .found
      answer.answer = found
      do throws(CallFailure) {
        _ = try await connection.call(Items.recordSearch, search)
        acknowledged(LedgerID(item.id), .searched)
        _ = try await connection.call(Items.submitAnswer, answer)
        acknowledged(LedgerID(item.id), .answered)
      } catch {
        guard error.isForGood else { throw error }
      }
    }
  }

  private func todo(
    _ connection: RPCConnection, _ state: ItemState
  ) async throws(CallFailure) -> [ItemSummary] {
    try await list(connection, .todo, state)
  }

  private func list(
    _ connection: RPCConnection, _ box: Box, _ state: ItemState
  ) async throws(CallFailure) -> [ItemSummary] {
    var request = ListRequest()
    request.box = box
    request.state = state
    request.limit = 12
    let replies = await connection.stream(Items.list, request)
    var items: [ItemSummary] = []
    do {
      for try await reply in replies { if let item = reply.item { items.append(item) } }
    } catch {
      throw error as? CallFailure ?? CallFailure(.cancelled, word: "list", "\(error)")
    }
    return items
  }

  private func acknowledged(_ item: LedgerID?, _ kind: EventKind) {
    guard let item else { return }
    notebook.acknowledged(item, kind, by: office.division)
    network.trace.note(office.division, "acknowledged \(kind.word) \(item)")
  }
}

extension CallFailure {
  /// The node has judged what was asked: asking again changes nothing.
  fileprivate var isForGood: Bool {
    switch status {
    case .invalidArgument, .failedPrecondition, .notFound, .alreadyExists, .permissionDenied: true
    default: false
    }
  }
}
