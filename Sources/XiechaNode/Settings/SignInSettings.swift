import Credentials
import Exchange
import ExchangeRules
import Presentation

/// The part of the configuration that says what is asked of those who sign in.
struct SignInSettings {
  let values: SettingsValues

  func policy() async throws -> AccessPolicy {
    let standard = SessionLimits.standard
    let sessions = try await values.number(
      "signIn.sessions", SessionLimits.sessionBounds, otherwise: standard.sessionsOfAccount)
    let minutes = try await values.number(
      "signIn.idleMinutes", SessionLimits.idleMinuteBounds,
      otherwise: Int(standard.idleSeconds / 60))
    let hours = try await values.number(
      "signIn.longestHours", SessionLimits.longestHourBounds,
      otherwise: Int(standard.longestSeconds / 3_600))
    return AccessPolicy(
      certificateRoles: try await certificateRoles(),
      sessions: SessionLimits(
        sessionsOfAccount: sessions, idleSeconds: Int64(minutes) * 60,
        longestSeconds: Int64(hours) * 3_600))
  }

  /// The roles that show a certificate: those that are named, in place of the three duties.
  private func certificateRoles() async throws -> Set<Role> {
    let key = "signIn.certificateFor"
    guard let text = try await values.text(key) else { return Set(Role.duties) }
    if text == "none" { return [] }
    return try Set(
      text.split(separator: ",", omittingEmptySubsequences: false).map { word in
        guard let role = Role(rawValue: word.trimmingBlanks), !role.isNode else {
          let known = OperatorRole.all.map(\.role.rawValue).joined(separator: ", ")
          throw values.wrong(
            key, chinese: "\(word) 不是角色；应为 none，或以逗号分隔的：\(known)",
            english: "\(word) is no role; none is needed, or with commas between: \(known)")
        }
        return role
      })
  }
}
