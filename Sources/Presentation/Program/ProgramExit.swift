/// How the program `xiecha` ends: the contract with scripts.
public enum ExitCode: Int32, Sendable, Hashable, CaseIterable {
  /// Done.
  case done = 0
  /// The node refused: the item's state, a rule, the caller's role or division.
  case refused = 1
  /// The command line or an input file is wrong; nothing was sent.
  case badInput = 2
  /// Not signed in, the session has ended, or name and password do not match.
  case notSignedIn = 3
  /// The node cannot be reached, is going away, or did not answer in time. Try again later; what
  /// was entered is entered once only.
  case unreachable = 4
  /// Done in part: some rows or some items were refused, and are listed.
  case partlyDone = 5
  /// The program or the node failed in a way that is its own fault.
  case failure = 70
}
