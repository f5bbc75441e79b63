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
}
