import Foundation
import TestSupport
import Testing

@Suite("What watches over nodes", .timeLimit(.minutes(2)))
struct MonitoringTests {
  private static let monitoring = "Tools/packaging/monitoring"

  private func promtool(_ arguments: String..., input: String? = nil) async throws -> ProgramRun {
    let folder = try TemporaryFolder()
    try folder.write(input ?? "", to: "input")
    // promtool reads the figures from standard input.
    return try await ProgramRun(
      "/bin/bash",
      ["-c", "exec promtool \"$@\" < \(folder.file("input"))", "promtool"] + arguments,
      environment: ["PATH": "/usr/bin:/bin"], in: FileManager.default.currentDirectoryPath)
  }

  /// The figures of a province that a county is linked to and somebody has called.
  private func figures() async throws -> String {
    let office = try await Office.ready(Office.province)
    try office.change(Office.province, "health", to: ["listen": "127.0.0.1:0"])
    try await office.done(["backup", "key", "create", "backup.key"])
    try office.change(
      Office.province, "backup", to: ["folder": "backups", "keyFile": "backup.key"])
    try FileManager.default.createDirectory(
      atPath: office.folder.file("backups"), withIntermediateDirectories: false)
    try await office.done(
      [
        "operator", "add", "--store", "440000.sqlite", "--name", "li.wei", "--role",
        "provinceSupervisor", "--division", Office.province, "--display", "样例",
      ], environment: ["XIECHA_PASSWORD": Office.password])
    try office.folder.write(Office.password, to: "right.password")
    try office.folder.write("Wrong-Birke-0815", to: "wrong.password")
    let (province, county) = try await office.startLinked()
    let ready = try #require(await province.line(with: "ready:"))
    for (password, exit) in [("right", 0), ("wrong", 3)] {
      let signIn = try await Program.operator.run(
        [
          "sign-in", password, "--node", String(ready.split(separator: " ").last ?? ""),
          "--division", Office.province, "--account", "li.wei", "--trust",
          "Certificates/authority.pem", "--password-file", "\(password).password",
        ], in: office.folder, environment: ["XDG_CONFIG_HOME": office.folder.file("config")])
      #expect(signIn.exit == exit, "\(signIn.error)")
    }
    #expect(await province.line(with: "backed up", on: .error) != nil)
    let figures = try await HealthAddress(of: province).get("/metrics").body
    for node in [province, county] {
      node.signal(SIGTERM)
      #expect(await node.exit() == 0)
    }
    return figures
  }

  @Test("promtool takes all figures; rules and dashboard name none that does not exist")
  func figuresAndRules() async throws {
    let figures = try await figures()
    let checked = try await promtool("check", "metrics", input: figures)
    #expect(checked.exit == 0, "\(checked.output)\(checked.error)")
    #expect(checked.error.isEmpty && checked.output.isEmpty, "\(checked.output)\(checked.error)")
    for line in [
      #"xiecha_link_up{neighbour="440306"} 1"#, #"xiecha_sign_ins_total{who="person"} 1"#,
      "xiecha_sign_ins_refused_total 1", "xiecha_calls_unknown_total 0",
    ] { #expect(figures.contains("\n\(line)\n"), "\(line) in \(figures)") }
    #expect(figures.contains(/xiecha_calls_total\{method="[a-zA-Z0-9.\/]+",status="OK"\} [1-9]/))
    let bucket = /xiecha_call_duration_seconds_bucket\{method="[a-zA-Z0-9.\/]+",le="\+Inf"\} [1-9]/
    #expect(figures.contains(bucket))
    let known = Set(figures.matches(of: /(?m)^(xiecha_[a-z_]+)/).map { String($0.1) })
    for file in ["xiecha.rules.yml", "dashboard.json"] {
      let text = try String(
        contentsOfFile: "\(MonitoringTests.monitoring)/\(file)", encoding: .utf8)
      let named = text.matches(of: /xiecha_[a-z_]+/).map { String($0.0) }
      #expect(named.count >= 10)
      for name in named { #expect(known.contains(name), "\(file): \(name)") }
    }
  }

  @Test("promtool takes the alert rules; the dashboard is JSON, and each panel asks for something")
  func files() async throws {
    let rules = try await promtool(
      "check", "rules", "\(MonitoringTests.monitoring)/xiecha.rules.yml")
    #expect(rules.exit == 0, "\(rules.output)\(rules.error)")
    #expect(rules.output.contains("SUCCESS"))
    let data = try Data(
      contentsOf: URL(fileURLWithPath: "\(MonitoringTests.monitoring)/dashboard.json"))
    let dashboard = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let panels = try #require(dashboard["panels"] as? [[String: Any]])
    #expect(!panels.isEmpty)
    for panel in panels {
      #expect((panel["targets"] as? [[String: Any]])?.isEmpty == false, "\(panel)")
    }
  }
}
