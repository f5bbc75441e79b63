import ExchangeProtos
import ExchangeRules
import Presentation

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
          nodeName: reply.nodeName, profile: reply.profile, expires: ChinaTime.text(expires)))
    }
    var table = TextTable([.init(console.word(.what)), .init(console.word(.value))])
    table.add([console.word(.account), actor.account])
    table.add([console.word(.role), RoleName.text(of: actor.role)[console.language]])
    table.add([console.word(.division), DivisionText.text(actor.division)])
    table.add([console.word(.node), DivisionText.text(reply.node)])
    table.add([console.word(.profile), reply.profile])
    table.add([console.word(.expires), ChinaTime.text(expires)])
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
