import Credentials
import Exchange

/// Which names people's accounts can have: `node:` and `session…` are the system's own.
enum AccountNameRule {
  private static let reserved = ["node:", "session:", "session-"]

  static func check(_ name: String) throws(ProgramFailure) {
    guard AccountName.isValid(name) else {
      throw ProgramFailure(
        .badInput, chinese: "账号名须为 1 至 64 字节，不含空格和控制字符",
        english: "an account name has 1 to 64 bytes, no spaces and no control characters")
    }
    if let prefix = reserved.first(where: { name.lowercased().hasPrefix($0) }) {
      throw ProgramFailure(
        .badInput, chinese: "账号名不能以 \(prefix) 开头：保留给系统",
        english: "a name that begins with \(prefix) is the system's own; choose another")
    }
  }
}
