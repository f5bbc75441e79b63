import ArgumentParser
import CaseFile
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha bulletin`.
struct BulletinCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "bulletin", abstract: "简报数字核对 · Check the figures of a bulletin (S11.1).",
    discussion: """
      不需要登录。CSV 文件，一行一个单位，标题：单位（可不写）、\
      \(BulletinFigure.allCases.map(\.label.chinese).joined(separator: "、"))。分项与合计不符的标出，退出码为 1。
      Needs no sign-in. A CSV file, a row for each office, under these headings. Parts that do not \
      add up to their total are flagged, and the exit code is 1.
      """)

  @Argument(help: "简报文件 · The file.")
  var file: String

  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let bulletins = try BulletinFile.bulletins(of: FigureTable(path: file))
    try console.show(BulletinView(bulletins: bulletins).page(in: console.language))
    return bulletins.allSatisfy { $0.bulletin.flags.isEmpty } ? .done : .refused
  }
}
