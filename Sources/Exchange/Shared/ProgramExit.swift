/// How `xiecha-node` and `xiecha-admin` end: the contract with scripts and service managers.
public enum ProgramExit: Int32, Sendable, Hashable, CaseIterable {
  /// Done; for a node: stopped because it was asked to.
  case done = 0
  /// Not done, and nothing changed: it is there already, is not there, or a rule is against it.
  case refused = 1
  /// The command line, the configuration or an input file is wrong.
  case badInput = 2
  /// A certificate, a key, the trust roots, the revocation list or a password file cannot be used.
  case credentials = 3
  /// The address cannot be listened on.
  case address = 4
  /// The ledger cannot be used: written by a newer version, damaged, in use, or no space left.
  case store = 5
  /// The program failed in a way that is its own fault.
  case failure = 70
}
