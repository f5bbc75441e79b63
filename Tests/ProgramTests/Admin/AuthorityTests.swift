import Foundation
import TestSupport
import Testing

@Suite("xiecha-admin: the authority and its certificates")
struct AuthorityTests {
  @Test("Every command has help, in both languages, and none takes a password as an argument")
  func help() async throws {
    let office = try Office()
    let root = try await office.done(["--help"])
    #expect(root.output.contains("管理节点"))
    let commands = [
      "authority create", "certificate issue", "certificate revoke", "certificate show",
      "config write", "node register", "node list", "node disable", "node enable", "operator add",
      "operator list", "operator disable", "operator enable", "password set", "password generate",
      "password changes",
      "trace list", "trace verify", "calendar import", "quarantine list", "backup",
    ]
    for command in commands {
      let words = command.split(separator: " ").map(String.init)
      let result = try await office.done(words + ["--help"])
      #expect(result.output.contains("OVERVIEW"), "\(command)")
      #expect(result.output.contains(" · "), "\(command)")
      #expect(!result.output.contains("--password "), "\(command)")
      #expect(root.output.contains(words[0]))
    }
  }

  @Test("Keys are 0600; an authority is never replaced by accident")
  func create() async throws {
    let office = try await Office.ready(Office.county)
    #expect(office.folder.mode(of: "Certificates") == 0o700)
    for key in ["authority.key", "440306.key"] {
      #expect(office.folder.mode(of: "Certificates/\(key)") == 0o600)
    }
    let key = try office.folder.text(of: "Certificates/authority.key")
    let again = try await office.admin(["authority", "create", "Certificates"])
    #expect(again.exit == 1)
    #expect(again.error.contains("is there already"))
    #expect(try office.folder.text(of: "Certificates/authority.key") == key)
  }

  @Test("A node's folder gets the trust root and the revocation list; renewing must be asked for")
  func issue() async throws {
    let office = try await Office.ready()
    let issue = [
      "certificate", "issue", "--authority", "Certificates", "--division", Office.county, "--out",
      "county", "--name", "county.example",
    ]
    try await office.done(issue)
    for file in ["440306.pem", "440306.key", "authority.pem", "revoked.pem"] {
      #expect(office.folder.mode(of: "county/\(file)") != nil, "\(file)")
    }
    #expect(office.folder.mode(of: "county/authority.key") == nil)
    #expect(try await office.admin(issue).exit == 1)
    // The revocation list is written anew with it (47): a node that fetches both has both for a year.
    let before = try office.folder.text(of: "county/revoked.pem")
    try await office.done(issue + ["--renew"])
    #expect(try office.folder.text(of: "county/revoked.pem") != before)
    let shown = try await office.done(["certificate", "show", "county/440306.pem", "--json"])
    #expect(shown.output.contains(#""division":"440306""#))
  }

  @Test(
    "No certificate for what has no node, nor for what is no name",
    arguments: [["--division", "440300"], ["--division", "440306018201"], ["--division", "44"]])
  func noNode(option: [String]) async throws {
    let office = try await Office.ready()
    let result = try await office.admin(
      ["certificate", "issue", "--authority", "Certificates", "--out", "."] + option)
    #expect(result.exit == 2, "\(result.error)")
  }

  @Test("A certificate is taken back by its file or by its serial number")
  func revoke() async throws {
    let office = try await Office.ready(Office.county, Office.township)
    let first = try await office.done([
      "certificate", "revoke", "--authority", "Certificates", "--certificate",
      "Certificates/440306.pem",
    ])
    #expect(first.output.contains("1 on Certificates/revoked.pem"))
    let second = try await office.done([
      "certificate", "revoke", "--authority", "Certificates", "0A1B", "--json",
    ])
    #expect(second.output.contains("0A1B"))
    let wrong = try await office.admin([
      "certificate", "revoke", "--authority", "Certificates", "xyz",
    ])
    #expect(wrong.exit == 2)
    #expect(wrong.error.contains("hexadecimal"))
  }

  @Test("Of certificates that are taken back at once none is lost (59)")
  func revokeAtOnce() async throws {
    let office = try await Office.ready()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 10..<26 {
        group.addTask {
          try await office.done([
            "certificate", "revoke", "--authority", "Certificates", "00\(number)",
          ])
        }
      }
      try await group.waitForAll()
    }
    let all = try await office.done(["certificate", "revoke", "--authority", "Certificates"])
    #expect(all.output.contains("16 on Certificates/revoked.pem"))
  }
}
