import ExchangeRules
import TLS

/// The node's certificate, and whom it believes.
struct TrustChecks {
  let node: ExaminedNode
  /// Seconds since 1970.
  let now: Int64

  func findings() -> [Finding] {
    let context: TLSContext
    do {
      context = try TLSContext(server: node.tls)
      guard let file = node.tls.certificateChainFile else { return [] }
      let named = try PeerIdentity(certificateFile: file).division ?? "-"
      guard named == "\(node.division)" else {
        return [
          .bad(
            "certificate",
            BilingualText(chinese: "证书属于 \(named)", english: "the certificate is of \(named)"),
            remedy: TrustChecks.issue)
        ]
      }
    } catch {
      return [
        .bad(
          "certificate", BilingualText(chinese: "\(error)", english: "\(error)"),
          remedy: TrustChecks.issue)
      ]
    }
    return context.ends.map(finding)
  }

  private func finding(of end: ValidityEnd) -> Finding {
    let (area, days) = (end.kind.rawValue, end.daysLeft(at: now))
    guard end.isNear(at: now) else {
      return .good(area, "还有 \(days) 天", "\(days) days left")
    }
    let remedy = end.kind == .revocationList ? TrustChecks.list : TrustChecks.issue
    if days < 0 {
      return .bad(
        area, BilingualText(chinese: "已过期", english: "it has ended"), remedy: remedy)
    }
    return .soon(
      area, BilingualText(chinese: "还有 \(days) 天到期", english: "it ends in \(days) days"),
      remedy: remedy)
  }

  private static let issue = BilingualText(
    chinese: "请省级换发：xiecha-admin certificate issue --renew",
    english: "have the province issue it: xiecha-admin certificate issue --renew")
  private static let list = BilingualText(
    chinese: "请省级重新签发：xiecha-admin certificate revoke",
    english: "have the province write it anew: xiecha-admin certificate revoke")
}
