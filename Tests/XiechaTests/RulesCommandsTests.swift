import Foundation
import TestSupport
import Testing

@Suite("xiecha without a sign-in: explain, check-id, help, mistakes on the command line")
struct RulesCommandsTests {
  @Test("explain says each deadline with its rule, in the operator's language")
  func explain() async throws {
    let run = try await ProgramRun.xiecha([
      "explain", "assistRequest", "pregnancy", "--pregnant", "--submitted", "2009-06-20", "--lang",
      "en",
    ])
    #expect(run.exit == 0)
    #expect(run.output.contains("S4.1"))
    #expect(run.output.contains("2009-07-05"))
  }

  @Test("S4.3, S4.6, S1.2: explain shows every clock, and why she is a key subject")
  func explainPerson() async throws {
    let run = try await ProgramRun.xiecha([
      "explain", "assistRequest", "pregnancy", "--submitted", "2009-09-25", "--received",
      "2009-09-28", "--rules", "fujian", "--born", "1985-06-15", "--certificate", "none",
      "--contraception", "long-acting",
    ])
    #expect(run.exit == 0)
    for text in [
      "S4.1：自2009-09-25起", "S4.3：自2009-09-28起", "5个工作日", "截止2009-10-12", "S5.2", "2009-10",
      "S1.1", "重点对象：未持有《流动人口婚育证明》或证明不规范",
    ] {
      #expect(run.output.contains(text), "\(text)")
    }
    let tooOld = try await ProgramRun.xiecha([
      "explain", "assistRequest", "--submitted", "2009-06-20", "--born", "1959-06-20", "--lang",
      "en",
    ])
    #expect(tooOld.output.contains("S1.1: no subject"))
    #expect(tooOld.output.contains("not known, so not decided"))
  }

  @Test("G7: a category that a site has switched off is explained, also in a batch")
  func switchedOff() async throws {
    let single = try await ProgramRun.xiecha([
      "explain", "serviceNotice", "maintenanceFee", "--switched-off", "maintenanceFee",
    ])
    #expect(single.exit == 1)
    #expect(single.error.contains("已停用") && single.error.contains("G7"))
    let question =
      #"{"kind":"serviceNotice","category":"maintenanceFee","currentlyPregnant":false,"#
      + #""submitted":"2009-06-20","profile":"fujian"}"#
    let batch = try await ProgramRun.xiecha(
      ["explain", "--batch", "--switched-off", "10"], input: question + "\n")
    #expect(batch.output.contains(#"{"error":{"field":"category","reason":"switchedOff"}}"#))
  }

  @Test("S11.1: the source's own bulletin is flagged, whatever the encoding's mark")
  func bulletin() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("bulletin.csv")
    let headings = "单位,外流人口,办理婚育证明,流出已婚妇女,无孩,一孩,二孩,多孩,清理出流动人口,补办证,反馈流动人口信息,寄回环孕检证明"
    let good = "乙乡,2450,1024,388,20,46,250,72,68,68,129,61"
    let bad = good.replacing("乙乡", with: "甲乡").replacing("388", with: "389")
    try Data("\u{FEFF}\(headings)\r\n\(bad)\r\n\(good)\r\n".utf8).write(to: URL(filePath: file))
    let run = try await ProgramRun.xiecha(["bulletin", file])
    #expect(run.exit == 1)
    #expect(run.output.contains("按孩次合计388人，与流出已婚妇女389人不符（S11.1）"))
    #expect(run.output.contains("数字不符的单位：1 个"))
    let lines = try await ProgramRun.xiecha(["bulletin", file, "--json"]).objects
    #expect(lines.map { ($0["flags"] as? [Any])?.count } == [1, 0])
    try Data("\(headings)\n\(good.replacing("61", with: "很多"))\n".utf8).write(
      to: URL(filePath: file))
    let wrong = try await ProgramRun.xiecha(["bulletin", file])
    #expect(wrong.exit == 2)
    #expect(wrong.error.contains("第2行“寄回环孕检证明”不是数字"))
  }

  @Test("explain --batch answers a line for a line, and goes on after a mistake")
  func explainBatch() async throws {
    let question =
      #"{"kind":"assistRequest","category":"assist","currentlyPregnant":false,"#
      + #""submitted":"2009-06-20","profile":"provincial-2009"}"#
    let run = try await ProgramRun.xiecha(
      ["explain", "--batch"], input: "\(question)\nnonsense\n\(question)\n")
    let answers = try run.objects
    #expect(run.exit == 0)
    #expect(answers.map { $0["due"] as? String } == ["2009-07-20", nil, "2009-07-20"])
    #expect(answers[1]["error"] != nil)
  }

  @Test("check-id takes numbers from standard input, one a line")
  func checkID() async throws {
    let numbers = "440726199107031224\r\n440726199107031220\n"
    let batch = try await ProgramRun.xiecha(["check-id", "--batch"], input: numbers)
    #expect(try batch.objects.map { $0["valid"] as? Bool } == [true, false])
    #expect(batch.exit == 0)
    let odd = try await ProgramRun.xiecha(
      ["check-id", "--batch"], input: "\n \u{3000}\n４４０７２６１９９１０７０３１２２４\n440726910703122\n不是号码\n")
    let answers = try odd.objects
    #expect(answers.map { $0["valid"] as? Bool } == [false, false, true, true, false])
    #expect(answers.map { $0["problems"] as? [String] }.first == ["length"])
    #expect(answers[2]["normalized"] as? String == answers[3]["normalized"] as? String)
    let table = try await ProgramRun.xiecha(["check-id"], input: numbers)
    #expect(table.output.contains("校验码不符"))
    #expect(table.exit == 1)
  }

  @Test(
    "a wrong command line is told with what is right, and ends with 2",
    arguments: [
      ["nonsense"], ["explain", "nonsense"], ["list", "--in", "--out"], ["receive"],
      ["answer", "abcd1234", "--found", "--not-found"], ["search", "abcd1234", "--source", "moon"],
      ["follow", "abcd1234", "--purpose", " "], ["record", "abcd1234", "--purpose", " "],
      ["confirm", "abcd1234", "--no"], ["merge", "abcd1234", "--reason", "x"],
      ["list", "--state", "lost"],
    ])
  func usage(arguments: [String]) async throws {
    let run = try await ProgramRun.xiecha(arguments)
    #expect(run.exit == 2)
    #expect(run.output.isEmpty)
    #expect(run.error.contains("Usage:"))
  }

  @Test("without a sign-in each command of the node says so and ends with 3")
  func notSignedIn() async throws {
    let run = try await ProgramRun.xiecha(
      ["todo", "--lang", "en"], environment: ["HOME": "/nonexistent"])
    #expect(run.exit == 3)
    #expect(run.error == "not signed in; use xiecha sign-in\n")
    let json = try await ProgramRun.xiecha(
      ["todo", "--json"], environment: ["HOME": "/nonexistent"])
    #expect(json.error.contains(#""reason":"not-signed-in""#))
  }

  @Test("help names the exit codes and ends with 0")
  func help() async throws {
    let run = try await ProgramRun.xiecha(["--help"])
    #expect(run.exit == 0)
    #expect(run.output.contains("sign-in"))
    #expect(run.output.contains("退出码"))
  }
}
