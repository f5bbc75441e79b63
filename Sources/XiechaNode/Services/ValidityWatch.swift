import Exchange
import ExchangeRules
import Logging
import Presentation
import RPC
import ServiceLifecycle
import TLS

/// Looks every minute at what ends by itself.
///
/// That is this node's certificate, the trust roots, the revocation lists, the certificates of the
/// nodes that are connected, and the working calendar. What ends within sixty days is told in the log
/// once a day, and to everybody who signs in.
struct ValidityWatch: Service {
  let node: Node
  let context: TLSContext
  let listening: RPCServer
  let logger: Logger

  private static let pause = Duration.seconds(60)

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var told: CivilDate?
      while true {
        let today = CivilDate(chinaDateOf: node.now())
        if told != today {
          await tell()
          told = today
        }
        node.logEndedRepeats()
        try await Task.sleep(for: ValidityWatch.pause)
      }
    }
  }

  private func tell() async {
    let now = node.now() / 1000
    let ends = context.ends.filter { $0.isNear(at: now) }
    for end in ends { log(end, at: now, [:]) }
    for peer in await listening.peers() {
      let end = ValidityEnd(.peer, peer.expires)
      if end.isNear(at: now) { log(end, at: now, ["peer": "\(peer.division ?? "-")"]) }
    }
    node.say(
      ends.map {
        OfficeNotice(
          reason: $0.kind.rawValue, text: ValidityWatch.text(of: $0, daysLeft: $0.daysLeft(at: now))
        )
      })
    for notice in node.notices where notice.reason == "calendar" {
      logger.warning("the working calendar ends", metadata: ["text": "\(notice.text.english)"])
    }
  }

  private func log(_ end: ValidityEnd, at now: Int64, _ metadata: Logger.Metadata) {
    let days = end.daysLeft(at: now)
    var metadata = metadata
    metadata["what"] = "\(end.kind.rawValue)"
    metadata["days"] = "\(days)"
    if days < 0 {
      logger.error("validity has ended: no peer believes it", metadata: metadata)
    } else {
      logger.warning("validity ends soon", metadata: metadata)
    }
  }

  /// What keeps a node from starting: what nobody would believe.
  static func ended(_ end: ValidityEnd) -> ProgramFailure {
    let text = text(of: end, daysLeft: -1)
    return ProgramFailure(
      .credentials, end.kind.rawValue, chinese: text.chinese, english: text.english)
  }

  private static func text(of end: ValidityEnd, daysLeft days: Int64) -> BilingualText {
    let (what, remedy): (BilingualText, BilingualText) =
      switch end.kind {
      case .certificate, .peer:
        (
          BilingualText(chinese: "节点证书", english: "the node's certificate"),
          BilingualText(
            chinese: "请换发：xiecha-admin certificate issue --renew",
            english: "have it renewed: xiecha-admin certificate issue --renew")
        )
      case .authority:
        (
          BilingualText(chinese: "颁发机构的根证书", english: "the authority's certificate"),
          BilingualText(
            chinese: "请省级管理员建立新的颁发机构", english: "let the province make a new authority")
        )
      case .revocationList:
        (
          BilingualText(chinese: "吊销列表", english: "the revocation list"),
          BilingualText(
            chinese: "请省级重新签发并分发：xiecha-admin certificate revoke",
            english: "let the province issue it again: xiecha-admin certificate revoke")
        )
      }
    if days < 0 {
      return BilingualText(
        chinese: "\(what.chinese)已过期；\(remedy.chinese)",
        english: "\(what.english) has ended; \(remedy.english)")
    }
    return BilingualText(
      chinese: "\(what.chinese)还有\(days)天到期；\(remedy.chinese)",
      english: "\(what.english) ends in \(days) days; \(remedy.english)")
  }
}
