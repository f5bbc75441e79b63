import ArgumentParser
import ExchangeProtos
import Foundation
import Operator
import Presentation
import Program
import Reports

/// `xiecha subject-report`.
struct SubjectReportCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "subject-report",
    abstract: "个人信息查询单 · All that the node holds of one person, and everybody who looked.",
    discussion: """
      交给本人的书面材料：往来信息、登记的全部版本、确认经过，以及谁、何时、为何查阅过（《个人信息保护法》第四十五条）。
      What a person can be given: items about her, every version of her records, and who read them, when \
      and why. --format html prints, json is for programs. Making it leaves a trace (G2).
      """)

  @Argument(help: "公民身份号码；写 - 则从标准输入读取 · Her citizen ID number, or - for standard input.")
  var person: String

  @Option(help: "html 或 json · html or json.")
  var format = SubjectReportFormat.html

  @Option(help: "文件名；已有的文件不会被替换 · The file; none that is there is replaced.")
  var out: String

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    var request = SubjectReportRequest()
    request.citizenId = person == "-" ? readLine() ?? "" : person
    request.purpose = reading.purpose
    let question = request
    let (parts, node) = try await NodeSession.with(profile: profile.profile) { node in
      let who = try await node.call(Account.whoAmI, WhoAmIRequest())
      return (try await node.all(Subjects.report, question), who.node)
    }
    let view = SubjectReportView(parts: parts, node: node, made: SystemClock.milliseconds)
    try ReportFile.create(out, with: try view.bytes(as: format, in: console.language))
    try console.done(
      ["file": out, "lines": "\(view.lines(in: console.language).count)"],
      "已写入 \(out)", "written: \(out)")
    return .done
  }
}

extension SubjectReportFormat: ExpressibleByArgument {}
