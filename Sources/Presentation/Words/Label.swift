public import ExchangeRules

/// The words of tables and views, in one place.
public enum Label: Sendable, Hashable, CaseIterable {
  case account, actor, assignedTo, birthDate, category, certificate, citizenID, column
  case contraception, deadlines, division, due, expires, finding, from, history, household, item
  case keySubject, late, line, name, no, node, note, pregnant, profile, reason, remark, remedy
  case residence, role, rule, sex, state, step, subject, submitted, telephone, time, to, toDecide,
    urgency
  case value, what, withoutEffect, yes

  /// The word.
  public var text: BilingualText {
    let pair = words
    return BilingualText(chinese: pair.0, english: pair.1)
  }

  private var words: (String, String) {
    switch self {
    case .account: ("账号", "account")
    case .actor: ("操作人", "by")
    case .assignedTo: ("分解到", "assigned to")
    case .birthDate: ("出生日期", "birth date")
    case .category: ("类别", "category")
    case .certificate: ("婚育证明", "certificate")
    case .citizenID: ("公民身份号码", "citizen ID")
    case .column: ("列", "column")
    case .contraception: ("避孕措施", "contraception")
    case .deadlines: ("时限", "deadlines")
    case .division: ("区划", "division")
    case .due: ("到期", "due")
    case .expires: ("有效至", "expires")
    case .finding: ("结果", "finding")
    case .from: ("提交方", "from")
    case .history: ("经过", "history")
    case .household: ("户籍地", "household")
    case .item: ("编号", "item")
    case .keySubject: ("重点对象", "key subject")
    case .late: ("逾期", "late")
    case .line: ("行", "line")
    case .name: ("姓名", "name")
    case .no: ("否", "no")
    case .node: ("节点", "node")
    case .note: ("说明", "note")
    case .pregnant: ("现孕", "pregnant")
    case .profile: ("规则", "rules")
    case .reason: ("原因", "reason")
    case .remark: ("备注", "remark")
    case .remedy: ("办法", "remedy")
    case .residence: ("现居住地", "residence")
    case .role: ("角色", "role")
    case .rule: ("依据", "rule")
    case .sex: ("性别", "sex")
    case .state: ("状态", "state")
    case .step: ("步骤", "step")
    case .subject: ("对象", "subject")
    case .submitted: ("提交日期", "submitted")
    case .telephone: ("联系电话", "telephone")
    case .time: ("时间", "time")
    case .to: ("接收方", "to")
    case .toDecide: ("个人请求待决定", "a person's request waits for a decision")
    case .urgency: ("紧急程度", "urgency")
    case .value: ("值", "value")
    case .what: ("内容", "what")
    case .withoutEffect: ("有步骤未生效、已撤回或有新决定", "a step has no effect, was taken back or decided")
    case .yes: ("是", "yes")
    }
  }
}
