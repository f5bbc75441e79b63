import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Shows who is signed in, and where.
struct WhoAmIView {
  let reply: WhoAmIReply
  /// Milliseconds since 1970.
  let expires: Int64

  func page(in language: Language) -> Page {
    var page = Page()
    let actor = reply.actor ?? Actor()
    page.add(
      value: Line(
        account: actor.account, role: actor.role, division: actor.division, node: reply.node,
        nodeName: reply.nodeName, profile: reply.profile, expires: ChinaTime.text(expires),
        previousSignIn: reply.previousSignIn == 0 ? "" : ChinaTime.text(reply.previousSignIn),
        previousAddress: reply.previousAddress, notices: reply.notices.map(\.reason)))
    var table = TextTable([.init(language.word(.what)), .init(language.word(.value))])
    table.add([language.word(.account), actor.account])
    table.add([language.word(.role), RoleName.text(of: actor.role)[language]])
    table.add([language.word(.division), DivisionText.text(actor.division)])
    table.add([language.word(.node), DivisionText.text(reply.node)])
    table.add([language.word(.profile), reply.profile])
    table.add([language.word(.expires), ChinaTime.text(expires)])
    if reply.previousSignIn != 0 {
      table.add([
        language.text("上次登录", "signed in before"),
        [ChinaTime.text(reply.previousSignIn), reply.previousAddress]
          .filter { !$0.isEmpty }.joined(separator: " "),
      ])
    }
    page.add(table)
    page.add(notes: NoticesText.lines(of: reply, language))
    return page
  }

  private struct Line: Encodable {
    var account: String
    var role: String
    var division: String
    var node: String
    var nodeName: String
    var profile: String
    var expires: String
    /// Empty: there was none.
    var previousSignIn: String
    /// Empty: there was none, or it is unknown.
    var previousAddress: String
    /// Stable words.
    var notices: [String]
  }
}
