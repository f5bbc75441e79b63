import Foundation
import TestSupport
import Testing

/// What is cheap to see of the packages; `Tools/package --check` installs and runs them.
@Suite("What the Debian packages are made of", .timeLimit(.minutes(2)))
struct PackagingTests {
  private static let packaging = "Tools/packaging"
  private static let root = FileManager.default.currentDirectoryPath

  private func run(_ program: String, _ arguments: String...) async throws -> ProgramRun {
    try await ProgramRun(
      program, arguments, environment: ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"],
      in: PackagingTests.root)
  }

  @Test(
    "A unit leaves little to attack: systemd's exposure is under 2.0",
    arguments: [
      (
        "xiecha-node",
        ["Type=notify", "WatchdogSec=", "User=xiecha", "LoadCredential=backup.key:"]
      ),
      ("xiecha-desk", ["Type=notify", "DynamicUser=yes", "LoadCredential=desk.key:"]),
    ])
  func exposure(name: String, lines: [String]) async throws {
    let file = "\(PackagingTests.packaging)/\(name)@.service"
    let analysis = try await run(
      "/usr/bin/systemd-analyze", "security", "--offline=true", "--no-pager", file)
    let level = try #require(analysis.output.firstMatch(of: #/exposure level for .*: ([0-9.]+) /#))
    #expect(try #require(Double(level.1)) < 2.0, "\(analysis.output)")
    let unit = try String(contentsOfFile: file, encoding: .utf8)
    for line in lines { #expect(unit.contains("\n\(line)"), "\(line)") }
  }

  @Test("The sample configuration has no wrong key: only its files are missing")
  func sample() async throws {
    let check = try await Program.node.run(
      ["--check", "--config", "\(PackagingTests.root)/\(PackagingTests.packaging)/node.json"],
      in: try TemporaryFolder())
    #expect(check.exit == 3, "\(check.error)")
    #expect(check.error.contains("/var/lib/xiecha/440306/440306.pem"), "\(check.error)")
  }

  @Test(
    "A program's manual page has all its commands and options, and no fault",
    arguments: [
      ("xiecha-node", "8", 3), ("xiecha-admin", "8", 100), ("xiecha", "1", 100),
      ("xiecha-desk", "8", 6),
    ])
  func manual(name: String, section: String, options: Int) async throws {
    let page = try await run(
      "/usr/bin/python3", "\(PackagingTests.packaging)/manual.py", Program(name: name).path,
      section, "2026-11-27")
    #expect(page.exit == 0, "\(page.error)")
    #expect(page.output.matches(of: #/(?m)^\.It Fl /#).count >= options)
    let folder = try TemporaryFolder()
    try folder.write(page.output, to: "page")
    let lint = try await run("/usr/bin/mandoc", "-Tlint", "-Wwarning", folder.file("page"))
    #expect(lint.exit == 0, "\(lint.output)")
    let help = try await Program(name: name).run(["--help"], in: folder)
    for command in help.output.matches(of: #/(?m)^  ([a-z][a-z-]+) {2,}/#) where command.1 != "help"
    {
      #expect(page.output.contains("\n.Ss \(command.1)"), "\(command.1)")
    }
  }

  @Test(
    "Completions of each shell are taken by it",
    arguments: ["xiecha-node", "xiecha-admin", "xiecha", "xiecha-desk"], ["bash", "zsh", "fish"])
  func completions(name: String, shell: String) async throws {
    let folder = try TemporaryFolder()
    let script = try await Program(name: name).run(
      ["--generate-completion-script", shell], in: folder)
    #expect(script.exit == 0)
    #expect(script.output.contains("version"))
    try folder.write(script.output, to: "script")
    let checked = try await run("/usr/bin/\(shell)", "-n", folder.file("script"))
    #expect(checked.exit == 0, "\(checked.error)")
  }

  @Test("Programs tell their version, which is that of the changelog's first entry")
  func version() async throws {
    let changelog = try String(
      contentsOfFile: "\(PackagingTests.packaging)/changelog", encoding: .utf8)
    let version = try #require(changelog.firstMatch(of: /^xiecha \(([0-9.]+)\)/)).1
    for name in ["xiecha-node", "xiecha-admin", "xiecha", "xiecha-desk"] {
      let told = try await Program(name: name).run(["--version"], in: try TemporaryFolder())
      #expect(told.output == "\(name) \(version)\n")
    }
  }

  @Test(
    "The packages' scripts are taken by the shell", arguments: ["xiecha-node", "xiecha-desk"],
    ["postinst", "prerm", "postrm"])
  func scripts(package: String, name: String) async throws {
    let checked = try await run(
      "/bin/sh", "-n", "\(PackagingTests.packaging)/\(package).\(name)")
    #expect(checked.exit == 0, "\(checked.error)")
  }
}
