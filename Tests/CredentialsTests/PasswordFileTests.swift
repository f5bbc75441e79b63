import TestSupport
import Testing

@testable import Credentials

@Suite("Password files")
struct PasswordFileTests {
  @Test(
    "the first line, without its end and without a byte order mark (fault 22)",
    arguments: [
      ("secret\n", "secret"), ("secret", "secret"), ("secret\r\nmore\n", "secret"),
      ("\u{FEFF}secret\r\n", "secret"), ("\u{FEFF}\n", nil), ("", nil),
    ] as [(String, String?)])
  func read(content: String, password: String?) throws {
    let folder = try TemporaryFolder()
    try folder.write(content, to: "password")
    #expect((try? PasswordFile.read(folder.file("password"))) == password)
  }
}
