import Credentials
import Glibc
import Ledger

/// Who acts: the user of the operating system that runs the program.
enum Administrator {
  /// `duty` is the one that the act belongs to (AC-3).
  static func actor(
    for division: String, as duty: Role = .systemAdministrator
  ) -> LedgerActor {
    let user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
    return LedgerActor(
      account: "xiecha-admin:\(user)", role: duty.rawValue, division: division)
  }

  /// The same at the node whose ledger it is.
  static func actor(
    in ledger: LedgerReader, as duty: Role = .systemAdministrator
  ) throws -> LedgerActor {
    actor(for: try ledger.owner() ?? "", as: duty)
  }
}
