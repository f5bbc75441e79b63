public import ExchangeRules

/// What an operator reads for a role.
public enum RoleName {
  /// The name of a role's word, such as `countyOperator`; the word itself where it is not known.
  public static func text(of role: String) -> BilingualText {
    BilingualText(chinese: chinese[role] ?? role, english: role)
  }

  /// The words of all roles, in the order of the alphabet.
  public static var words: [String] { chinese.keys.sorted() }

  private static let chinese: [String: String] = [
    "villageReporter": "村（居）信息员", "townshipOperator": "乡镇信息交换员",
    "countyOperator": "县级信息交换员", "countySupervisor": "县级督查", "provinceSupervisor": "省级督查",
    "administrator": "系统管理员", "auditor": "审计员", "provinceNode": "省级节点",
    "countyNode": "县级节点", "townshipNode": "乡镇节点",
  ]
}
