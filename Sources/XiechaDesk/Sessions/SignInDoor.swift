import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import RPC
import Synchronization
import TLS

/// Where a name and a password become a session; the password is gone when it returns.
struct SignInDoor: Sendable {
  private let settings: DeskSettings
  private let tls: TLSContext
  private let book: SessionBook
  private let now: @Sendable () -> Int64
  private let waiting = Turnstile(places: DeskLimits.signInsAtOnce)

  init(_ settings: DeskSettings, book: SessionBook, now: @escaping @Sendable () -> Int64) throws {
    self.settings = settings
    self.book = book
    self.now = now
    tls = try TLSContext(client: TLSConfiguration(trustRootsFile: settings.trust))
  }

  /// Signs in at the node.
  ///
  /// - Throws: The node's refusal, or `busy` where too many sign in at once.
  func signIn(account: String, password: String, language: Language) async throws -> ClerkSession {
    let (who, opened) = try await withPassword(account, password) { node in
      let who = try await node.call(Account.whoAmI, WhoAmIRequest())
      return (who, try await node.call(Account.openSession, OpenSessionRequest()))
    }
    let node = try NodeSession(
      profile(account), signIn: SignIn(name: opened.name, password: opened.secret), tls: tls)
    let session = ClerkSession(node: node, who: who, language: language, now: now())
    book.add(session)
    return session
  }

  /// Changes a clerk's own password; all sign-ins of the account end.
  func changePassword(of account: String, present: String, verifier: String) async throws {
    var request = ChangePasswordRequest()
    request.verifier = verifier
    let change = request
    _ = try await withPassword(account, present) { node in
      try await node.call(Account.changePassword, change)
    }
  }

  private func withPassword<Result: Sendable>(
    _ account: String, _ password: String, _ work: (NodeSession) async throws -> Result
  ) async throws -> Result {
    guard waiting.enter() else {
      throw ProgramFailure(
        .unreachable, "busy", chinese: "登录的人较多，请稍候再试",
        english: "many are signing in; try again in a moment")
    }
    defer { waiting.leave() }
    return try await NodeSession.with(
      profile(account), signIn: SignIn(name: account, password: password), work)
  }

  private func profile(_ account: String) -> Profile {
    Profile(
      node: settings.node, division: settings.division, account: account, trust: settings.trust)
  }
}

/// Lets so many in at once; whoever comes then is told so.
private final class Turnstile: Sendable {
  private let free: Mutex<Int>

  init(places: Int) { free = Mutex(places) }

  func enter() -> Bool {
    free.withLock { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  func leave() { free.withLock { $0 += 1 } }
}
