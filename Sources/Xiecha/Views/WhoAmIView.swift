import ExchangeProtos
import ExchangeRules
import Presentation
import ReferenceData

/// Shows who is signed in, and where.
struct WhoAmIView {
  let reply: WhoAmIReply
  /// Milliseconds since 1970.
  let expires: Int64

  func show(on console: Console) throws {
    let actor = reply.actor ?? Actor()
    if console.isJSON {
      return try console.showJSON(
        Line(
          account: actor.account, role: actor.role, division: actor.division, node: reply.node,
          nodeName: reply.nodeName, profile: reply.profile, expires: MomentText.text(expires)))
    }
    var table = TextTable([.init(console.word(.what)), .init(console.word(.value))])
    table.add([console.word(.account), actor.account])
    table.add([console.word(.role), RoleLabel.text(actor.role)[console.language]])
    table.add([console.word(.division), DivisionText.text(actor.division)])
    table.add([console.word(.node), DivisionText.text(reply.node)])
    table.add([console.word(.profile), reply.profile])
    table.add([console.word(.expires), MomentText.text(expires)])
    console.show(table)
  }

  private struct Line: Encodable {
    var account: String
    var role: String
    var division: String
    var node: String
    var nodeName: String
    var profile: String
    var expires: String
  }
}

/// What an operator reads for a role.
enum RoleLabel {
  static func text(_ role: String) -> BilingualText {
    let chinese: [String: String] = [
      "villageReporter": "村（居）信息员", "townshipOperator": "乡镇信息交换员",
      "countyOperator": "县级信息交换员", "countySupervisor": "县级督查", "provinceSupervisor": "省级督查",
      "administrator": "系统管理员", "auditor": "审计员", "provinceNode": "省级节点",
      "countyNode": "县级节点", "townshipNode": "乡镇节点",
    ]
    return BilingualText(chinese: chinese[role] ?? role, english: role)
  }
}

/// A division as an operator reads it: code and full name.
enum DivisionText {
  static func text(_ code: String) -> String {
    guard let division = DivisionCode(code),
      let name = DivisionRegister.national.fullName(of: division)
    else { return code }
    return "\(code) \(name)"
  }

  /// The shortest name that tells divisions of a list apart, or the code.
  static func short(_ code: String) -> String {
    guard let division = DivisionCode(code) else { return code }
    let register = DivisionRegister.national
    switch division.level {
    case .village: return "\(register.townshipName(of: division) ?? "")\(code.suffix(3))"
    default: return register.name(of: division) ?? code
    }
  }
}
