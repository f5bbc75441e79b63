import Credentials
import Glibc
import Ledger

/// Who acts: the user of the operating system that runs the program.
enum Administrator {
  static func actor(for division: String) -> LedgerActor {
    let user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
    return LedgerActor(
      account: "xiecha-admin:\(user)", role: Role.administrator.rawValue, division: division)
  }

  /// The same at the node whose ledger it is.
  static func actor(in ledger: LedgerReader) throws -> LedgerActor {
    actor(for: try ledger.owner() ?? "")
  }
}
