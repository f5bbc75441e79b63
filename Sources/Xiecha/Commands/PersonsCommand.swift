import ArgumentParser
import ExchangeProtos
import ExchangeRules
import Presentation

/// `xiecha persons`.
struct PersonsCommand: OperatorCommand {
  static let configuration = CommandConfiguration(
    commandName: "persons", abstract: "登记的人员 · The persons of the register, masked.")

  @Flag(help: "只列待审核确认的 · Only cases that await confirmation (S7.1).")
  var awaiting = false

  @OptionGroup var profile: ProfileOptions
  @OptionGroup var output: OutputOptions

  func perform(on console: Console) async throws -> Presentation.ExitCode {
    let persons = try await NodeSession.with(profile) { node in
      try await node.all(Records.persons, ReviewRequest())
    }.filter { !awaiting || !isSettled($0) }
    if console.isJSON {
      for person in persons { try console.showJSON(PersonText.Line(person)) }
      return .done
    }
    if persons.isEmpty {
      console.say("没有人员", "nobody")
      return .done
    }
    var table = TextTable(
      PersonText.columns(console) + [.init(console.text("登记确认", "confirmation"))])
    for person in persons {
      table.add(
        PersonText.cells(person)
          + [PersonText.confirmation(person.confirmation, console.language)])
    }
    console.show(table)
    return .done
  }

  private func isSettled(_ person: RegisteredPerson) -> Bool {
    CaseConfirmation(rawValue: person.confirmation)?.isSettled ?? true
  }
}
