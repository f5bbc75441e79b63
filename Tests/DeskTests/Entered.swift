@testable import XiechaDesk

/// A synthetic woman's assist request as the form of the desk sends it, with what a test wants otherwise.
enum Entered {
  static func fields(_ token: String, _ changes: [String: String] = [:]) -> [(String, String)] {
    let fields = [
      ("token", token), ("of", "11"), ("姓名", "林晴玉"), ("公民身份号码", "44072619920326540X"),
      ("现居住地编码", "440306022"), ("现居住地地址", "示例路62号19栋594"),
      ("户籍地编码", "441702105001"), ("户籍地地址", "样例001村41号"), ("协查项目", "姓名"),
    ]
    let known = Set(fields.map(\.0))
    return fields.map { ($0.0, changes[$0.0] ?? $0.1) }
      + changes.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  /// Enters one; fails with the page's faults where it is not taken.
  static func enter(_ browser: Browser, _ changes: [String: String] = [:]) async throws -> Bool {
    let token = try await browser.get("/enter").input("token") ?? ""
    return try await browser.post("/enter", fields(token, changes)).status == 303
  }
}
