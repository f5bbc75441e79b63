import ArgumentParser
import ExchangeProtos
import Operator
import Presentation
import Program

/// `xiecha duplicates`.
struct DuplicatesCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "duplicates",
    abstract: "查重：疑似同一人 · Persons that look like one (S12.3).",
    discussion: """
      号码相同；15位与18位号码；姓名、出生日期、户籍村（居）相同（间隔号、空格、全角、大小写不计）；姓名两字或号码两位颠倒。\
      核实后用 xiecha merge 合并，可撤销。
      The same number; a number of 15 digits and its upgrade; the same name, birth date and village, \
      whatever dots, spaces, width and case; two characters of the name or digits of the number \
      swapped. Merge after review with xiecha merge; it can be taken back.
      """)

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let groups = try await NodeSession.with(profile: profile.profile) { node in
      try await node.all(Records.duplicates, ReviewRequest())
    }
    try console.show(DuplicatesView(groups: groups).page(in: console.language))
    return .done
  }
}
