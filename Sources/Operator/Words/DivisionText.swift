internal import ExchangeRules
internal import ReferenceData

/// A division as an operator reads it: code and full name.
public enum DivisionText {
  /// Code and full name.
  public static func text(_ code: String) -> String {
    guard let division = DivisionCode(code),
      let name = DivisionRegister.national.fullName(of: division)
    else { return code }
    return "\(code) \(name)"
  }

  /// The shortest name that tells divisions of a list apart, or the code.
  public static func short(_ code: String) -> String {
    guard let division = DivisionCode(code) else { return code }
    let register = DivisionRegister.national
    switch division.level {
    case .village: return "\(register.townshipName(of: division) ?? "")\(code.suffix(3))"
    default: return register.name(of: division) ?? code
    }
  }
}
