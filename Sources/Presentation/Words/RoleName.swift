public import ExchangeRules

/// What an operator reads for a role.
public enum RoleName {
  /// The name of a role's word, such as `countyOperator`; the word itself where it is not known.
  public static func text(of role: String) -> BilingualText {
    names[role] ?? BilingualText(chinese: role, english: role)
  }

  /// The words of all roles, in the order of the alphabet.
  public static var words: [String] { names.keys.sorted() }

  private static let names: [String: BilingualText] = [
    "villageReporter": BilingualText(chinese: "村（居）信息员", english: "village reporter"),
    "townshipOperator": BilingualText(chinese: "乡镇信息交换员", english: "township operator"),
    "countyOperator": BilingualText(chinese: "县级信息交换员", english: "county operator"),
    "countySupervisor": BilingualText(chinese: "县级督查", english: "county supervisor"),
    "provinceSupervisor": BilingualText(chinese: "省级督查", english: "province supervisor"),
    "administrator": BilingualText(chinese: "系统管理员", english: "system administrator"),
    "securityAdministrator": BilingualText(
      chinese: "安全管理员", english: "security administrator"),
    "auditor": BilingualText(chinese: "审计管理员", english: "auditor"),
    "provinceNode": BilingualText(chinese: "省级节点", english: "province node"),
    "countyNode": BilingualText(chinese: "县级节点", english: "county node"),
    "townshipNode": BilingualText(chinese: "乡镇节点", english: "township node"),
  ]
}
