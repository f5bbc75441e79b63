import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation
import Program

/// `xiecha persons`.
struct PersonsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "persons", abstract: "登记的人员 · The persons of the register, masked.")

  @Flag(help: "只列待审核确认的 · Only cases that await confirmation (S7.1).")
  var awaiting = false

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> ProgramExit {
    let persons = try await NodeSession.with(profile: profile.profile) { node in
      try await node.all(Records.persons, ReviewRequest())
    }.filter { !awaiting || !isSettled($0) }
    try console.show(PersonsView(persons: persons).page(in: console.language))
    return .done
  }

  private func isSettled(_ person: RegisteredPerson) -> Bool {
    CaseConfirmation(rawValue: person.confirmation)?.isSettled ?? true
  }
}
