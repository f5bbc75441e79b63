import Testing

@Suite("xiecha without a sign-in: explain, check-id, help, mistakes on the command line")
struct RulesCommandsTests {
  @Test("explain says each deadline with its rule, in the operator's language")
  func explain() async throws {
    let run = try await ProgramRun([
      "explain", "assistRequest", "pregnancy", "--pregnant", "--submitted", "2009-06-20", "--lang",
      "en",
    ])
    #expect(run.exitCode == 0)
    #expect(run.output.contains("S4.1"))
    #expect(run.output.contains("2009-07-05"))
  }

  @Test("explain --batch answers a line for a line, and goes on after a mistake")
  func explainBatch() async throws {
    let question =
      #"{"kind":"assistRequest","category":"assist","currentlyPregnant":false,"#
      + #""submitted":"2009-06-20","profile":"provincial-2009"}"#
    let run = try await ProgramRun(
      ["explain", "--batch"], input: "\(question)\nnonsense\n\(question)\n")
    let answers = try run.objects
    #expect(run.exitCode == 0)
    #expect(answers.map { $0["due"] as? String } == ["2009-07-20", nil, "2009-07-20"])
    #expect(answers[1]["error"] != nil)
  }

  @Test("check-id takes numbers from standard input, one a line")
  func checkID() async throws {
    let numbers = "440726199107031224\r\n440726199107031220\n"
    let batch = try await ProgramRun(["check-id", "--batch"], input: numbers)
    #expect(try batch.objects.map { $0["valid"] as? Bool } == [true, false])
    #expect(batch.exitCode == 0)
    let table = try await ProgramRun(["check-id"], input: numbers)
    #expect(table.output.contains("校验码不符"))
    #expect(table.exitCode == 1)
  }

  @Test(
    "a wrong command line is told with what is right, and ends with 2",
    arguments: [
      ["nonsense"], ["explain", "nonsense"], ["list", "--in", "--out"], ["receive"],
      ["answer", "abcd1234", "--found", "--not-found"], ["search", "abcd1234", "--source", "moon"],
      ["follow", "abcd1234", "--purpose", " "], ["list", "--state", "lost"],
    ])
  func usage(arguments: [String]) async throws {
    let run = try await ProgramRun(arguments)
    #expect(run.exitCode == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("Usage:"))
  }

  @Test("without a sign-in each command of the node says so and ends with 3")
  func notSignedIn() async throws {
    let run = try await ProgramRun(["todo", "--lang", "en"], environment: ["HOME": "/nonexistent"])
    #expect(run.exitCode == 3)
    #expect(run.errors == "not signed in; use xiecha sign-in\n")
    let json = try await ProgramRun(["todo", "--json"], environment: ["HOME": "/nonexistent"])
    #expect(json.errors.contains(#""reason":"not-signed-in""#))
  }

  @Test("help names the exit codes and ends with 0")
  func help() async throws {
    let run = try await ProgramRun(["--help"])
    #expect(run.exitCode == 0)
    #expect(run.output.contains("sign-in"))
    #expect(run.output.contains("退出码"))
  }
}
