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
      号码相同；15位与18位号码；姓名、出生日期、户籍村（居）相同。核实后用 xiecha merge 合并，可撤销。
      The same number; a number of 15 digits and its upgrade; the same name, birth date and village. \
      Merge after review with xiecha merge; it can be taken back.
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
