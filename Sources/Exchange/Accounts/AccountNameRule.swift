internal import Credentials
public import ExchangeRules

/// Which names people's accounts can have: `node:` and `session…` are the system's own.
public enum AccountNameRule {
  /// What the rule says of a name.
  public enum Verdict: Sendable, Hashable {
    /// A person can have it.
    case allowed
    /// No account can have it.
    case malformed
    /// The system's own accounts begin like this.
    case reserved(prefix: String)

    /// Why not; nil for a name that a person can have.
    public var refusal: BilingualText? {
      switch self {
      case .allowed: nil
      case .malformed:
        BilingualText(
          chinese: "账号名须为 1 至 64 字节，只能用字母、汉字、数字和英文符号，不含空格",
          english:
            "an account name has 1 to 64 bytes: letters and digits of any script and signs of ASCII, "
            + "no spaces")
      case .reserved(let prefix):
        BilingualText(
          chinese: "账号名不能以 \(prefix) 开头：保留给系统",
          english: "a name that begins with \(prefix) is the system's own; choose another")
      }
    }
  }

  private static let reserved = ["node:", "session:", "session-"]

  /// Judges a name.
  public static func verdict(on name: String) -> Verdict {
    guard let name = AccountName.read(name) else { return .malformed }
    return reserved.first(where: name.hasPrefix).map(Verdict.reserved) ?? .allowed
  }
}
