public import ExchangeRules

/// What people read for what a line of a node's log says was done.
public enum ActionName {
  /// The name of an action's word, such as `sign-in-refused`; the word itself where it is not known.
  public static func text(of action: String) -> BilingualText {
    if let kind = EventKind.allCases.first(where: { $0.word == action }) { return kind.label }
    if let step = LetterStep.allCases.first(where: { "letter-\($0)" == action }) {
      return BilingualText(
        chinese: "函件\(step.label.chinese)", english: "letter \(step.label.english)")
    }
    return names[action] ?? BilingualText(chinese: action, english: action)
  }

  private static let names: [String: BilingualText] = [
    "accept": BilingualText(chinese: "采纳说法", english: "claim taken over"),
    "audit-prove": BilingualText(chinese: "出具日志证明", english: "log entry proved"),
    "audit-search": BilingualText(chinese: "检索日志", english: "log searched"),
    "backup": BilingualText(chinese: "备份", english: "backup"),
    "calendar-import": BilingualText(chinese: "导入日历", english: "calendar imported"),
    "confirm": BilingualText(chinese: "审核确认", english: "case confirmed or refused"),
    "dismiss": BilingualText(chinese: "搁置项不予办理", english: "set aside for good"),
    "evidence": BilingualText(chinese: "出具证据", english: "evidence written"),
    "figures": BilingualText(chinese: "查看数字所计信息", english: "items of figures read"),
    "follow": BilingualText(chinese: "查看信息", english: "item read"),
    "late": BilingualText(chinese: "查看逾期信息", english: "late items read"),
    "merge": BilingualText(chinese: "合并人员", english: "persons merged"),
    "node-disable": BilingualText(chinese: "停用节点", english: "node switched off"),
    "node-enable": BilingualText(chinese: "启用节点", english: "node switched on"),
    "node-register": BilingualText(chinese: "登记节点", english: "node registered"),
    "operator-add": BilingualText(chinese: "新增账号", english: "account added"),
    "operator-certificate-bind": BilingualText(
      chinese: "绑定本人证书", english: "own certificate bound"),
    "operator-certificate-revoke": BilingualText(
      chinese: "吊销本人证书", english: "own certificate revoked"),
    "operator-disable": BilingualText(chinese: "停用账号", english: "account switched off"),
    "operator-enable": BilingualText(chinese: "启用账号", english: "account switched on"),
    "password-acknowledge": BilingualText(chinese: "知悉密码变更", english: "password change noted"),
    "password-set": BilingualText(chinese: "更改密码", english: "password set"),
    "publish-flows": BilingualText(chinese: "公布流动数据", english: "flows published"),
    "query": BilingualText(chinese: "组合查询", english: "combined query"),
    "record": BilingualText(chinese: "查看人员登记", english: "person's record read"),
    "restore": BilingualText(chinese: "恢复备份", english: "backup restored"),
    "sample": BilingualText(chinese: "抽取样本", english: "sample drawn"),
    "sign-in": BilingualText(chinese: "登录", english: "signed in"),
    "sign-in-refused": BilingualText(chinese: "登录被拒", english: "sign-in refused"),
    "spot-check": BilingualText(chinese: "抽查", english: "spot check"),
    "undo-merge": BilingualText(chinese: "撤销合并", english: "merge taken back"),
  ]
}
