import Credentials
import ExchangeProtos
import ExchangeRules
import Operator
import Synchronization

/// A clerk who is signed in: the connection to the node, and what the desk remembers meanwhile.
final class ClerkSession: Sendable {
  /// What the cookie holds, and nothing else.
  let key = RandomKey.make()
  /// What each form of the session carries: nobody else's page can know it.
  let token = RandomKey.make()
  /// The node, with the clerk's own sign-in.
  let node: NodeSession
  /// Who it is, as the node said at the sign-in.
  let who: WhoAmIReply

  /// What was done, or was not, said on the next page.
  struct Saying: Sendable {
    var text: String
    var isRefusal: Bool
  }

  private struct State {
    var lastUsed: Int64
    var language: Language
    var purposes: [[UInt8]: String] = [:]
    var sayings: [Saying] = []
    var rejects: [UInt8]?
    var outstanding = OutstandingRows()
    var importing: ImportWork?
  }

  private let state: Mutex<State>

  init(node: NodeSession, who: WhoAmIReply, language: Language, now: Int64) {
    self.node = node
    self.who = who
    state = Mutex(State(lastUsed: now, language: language))
  }

  var actor: Actor { who.actor ?? Actor() }
  var account: String { actor.account }

  /// Whether the clerk's role may make a call at all; on whose divisions, the node decides.
  func may(_ method: MethodDescriptor) -> Bool {
    guard let role = Role(rawValue: actor.role) else { return false }
    return PermissionTable.scope(of: role, calling: method.fullName) != nil
  }

  /// When a request of it last came, in milliseconds since 1970.
  var lastUsed: Int64 { state.withLock(\.lastUsed) }

  func touch(at now: Int64) { state.withLock { $0.lastUsed = now } }

  var language: Language {
    get { state.withLock(\.language) }
    set { state.withLock { $0.language = newValue } }
  }

  /// Why the clerk reads an item (G2): asked once in a session.
  func purpose(of item: [UInt8]) -> String? { state.withLock { $0.purposes[item] } }

  func remember(purpose: String, of item: [UInt8]) {
    state.withLock { state in
      if state.purposes.count >= DeskLimits.purposes { state.purposes.removeAll() }
      state.purposes[item] = purpose
    }
  }

  /// Says something on the next page.
  func say(_ text: String, isRefusal: Bool = false) {
    state.withLock { $0.sayings.append(Saying(text: text, isRefusal: isRefusal)) }
  }

  /// What is to be said; it is said once.
  func takeSayings() -> [Saying] {
    state.withLock { state in
      defer { state.sayings = [] }
      return state.sayings
    }
  }

  /// The rows that the last import did not take, to be downloaded; never on disk.
  var rejects: [UInt8]? {
    get { state.withLock(\.rejects) }
    set { state.withLock { $0.rejects = newValue } }
  }

  /// The same rows as a table to be corrected on a page.
  var outstanding: OutstandingRows {
    get { state.withLock(\.outstanding) }
    set { state.withLock { $0.outstanding = newValue } }
  }

  /// The last import, which may go on.
  var importing: ImportWork? { state.withLock(\.importing) }

  /// Begins an import; no other may go on meanwhile.
  ///
  /// - Returns: Whether it was begun.
  func begin(_ work: () -> ImportWork) -> Bool {
    state.withLock { state in
      guard state.importing?.isRunning != true else { return false }
      state.importing = work()
      return true
    }
  }
}
