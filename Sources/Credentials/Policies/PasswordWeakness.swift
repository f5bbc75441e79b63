/// One thing that is wrong with a password, and what to do about it.
public enum PasswordWeakness: Error, Sendable, Hashable {
  /// Fewer characters than the policy asks for.
  case tooShort(minimum: Int)
  /// More bytes than any password needs.
  case tooLong
  /// Characters that a keyboard does not write.
  case unprintable
  /// Too few kinds of characters.
  case tooFewClasses(minimum: Int)
  /// The same few characters over and over.
  case tooFewDistinct(minimum: Int)
  /// The account's name is part of it.
  case containsAccount
  /// It contains what guessing starts with.
  case wellKnown
  /// It was used before.
  case repeated

  /// The longest password, in bytes: hashing it costs nothing at this size, and no message limit is
  /// near.
  public static let longestBytes = 256

  /// The stable word for programs.
  public var reason: String {
    switch self {
    case .tooShort: "password-too-short"
    case .tooLong: "password-too-long"
    case .unprintable: "password-unprintable"
    case .tooFewClasses: "password-too-few-classes"
    case .tooFewDistinct: "password-too-few-distinct"
    case .containsAccount: "password-contains-account"
    case .wellKnown: "password-well-known"
    case .repeated: "password-repeated"
    }
  }

  /// What an operator reads.
  public var chinese: String {
    switch self {
    case .tooShort(let minimum): "密码太短：至少需要 \(minimum) 个字符。"
    case .tooLong: "密码太长：最多 \(PasswordWeakness.longestBytes) 个字节。"
    case .unprintable: "密码含有控制字符或看不见的字符：请不要粘贴，直接用键盘输入。"
    case .tooFewClasses(let minimum):
      "密码过于单一：大写字母、小写字母、数字、其他字符中至少需要 \(minimum) 类。"
    case .tooFewDistinct(let minimum): "密码重复字符过多：至少需要 \(minimum) 个不同的字符。"
    case .containsAccount: "密码不能包含账号名。"
    case .wellKnown: "密码包含常见的弱密码：请换一个别人猜不到的。"
    case .repeated: "密码近期已经用过：请换一个新的。"
    }
  }

  /// The same in English.
  public var english: String {
    switch self {
    case .tooShort(let minimum): "The password is too short: it needs \(minimum) characters."
    case .tooLong: "The password is too long: \(PasswordWeakness.longestBytes) bytes are the most."
    case .unprintable:
      "The password holds characters that nobody sees: type it instead of pasting it."
    case .tooFewClasses(let minimum):
      "The password is too uniform: of capital letters, small letters, digits and others it needs "
        + "\(minimum)."
    case .tooFewDistinct(let minimum):
      "The password repeats itself: it needs \(minimum) different characters."
    case .containsAccount: "The password must not contain the account's name."
    case .wellKnown: "The password contains a well-known one: choose what nobody guesses."
    case .repeated: "The password was used before: choose a new one."
    }
  }
}
