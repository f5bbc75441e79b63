import TestSupport
import Testing

@Suite("Output that cannot be written is noticed", .timeLimit(.minutes(1)))
struct UnwritableOutputTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A shell's line, with the program in `$0` and its output where the line sends it.
  private func shell(
    _ line: String, _ program: Program, _ arguments: [String] = [], in other: TemporaryFolder? = nil
  ) async throws -> ProgramRun {
    try await ProgramRun(
      "/bin/bash", ["-c", line, program.path] + arguments,
      environment: ["XIECHA_LANG": "en", "PATH": "/usr/bin:/bin"], in: (other ?? folder).path)
  }

  @Test("A full disk under the output is exit code 7 and a clear line")
  func full() async throws {
    let runs: [(Program, [String])] = [
      (.admin, ["password", "generate"]), (.admin, ["password", "generate", "--json"]),
      (.admin, ["--help"]), (.node, ["--help"]), (.operator, ["--help"]),
      (.operator, ["explain", "assistRequest", "--submitted", "2009-06-20"]),
      (.operator, ["explain", "assistRequest", "--submitted", "2009-06-20", "--json"]),
    ]
    for (program, arguments) in runs {
      let result = try await shell(#""$0" "$@" > /dev/full"#, program, arguments)
      #expect(result.exit == 7, "\(program.name) \(arguments): \(result.error)")
      #expect(result.error.contains("No space left on device"), "\(program.name) \(arguments)")
      #expect(result.error.split(separator: "\n").count == 1)
    }
  }

  @Test("Answers to a batch that cannot be written end it")
  func batch() async throws {
    let result = try await shell(
      #"echo 440726198506153427 | "$0" check-id --batch > /dev/full"#, .operator)
    #expect(result.exit == 7, "\(result.error)")
  }

  @Test("A trace that cannot be listed is not taken for an empty one")
  func trace() async throws {
    let office = try Office()
    #expect(try await office.addOperator("li.wei").exit == 0)
    let result = try await shell(
      #""$0" trace list --store store.sqlite > /dev/full"#, .admin, in: office.folder)
    #expect(result.exit == 7, "\(result.error)")
  }

  @Test("An output that the caller has closed is noticed, and no file is written in its place")
  func closed() async throws {
    let result = try await shell(#""$0" password generate >&-"#, .admin)
    #expect(result.exit == 7, "\(result.error)")
    let office = try Office()
    #expect(try await office.addOperator("li.wei").exit == 0)
    let list = try await shell(
      #""$0" operator list --store store.sqlite >&-"#, .admin, in: office.folder)
    #expect(list.exit == 7, "\(list.error)")
    #expect(try await office.admin(["operator", "list", "--store", "store.sqlite"]).exit == 0)
  }

  @Test("A reader that goes away ends the program without a word")
  func readerGone() async throws {
    // The reader has ended before the program begins to write.
    let result = try await shell(
      #"exec 3> >(exec true); wait $!; "$0" --help >&3; echo "ended $?" >&2"#, .admin)
    #expect(result.error == "ended 141\n")
  }
}
