import ArgumentParser
import Exchange
import Foundation
import Glibc

/// The administrator's program.
///
/// Exit codes: ``Exchange/ProgramExit``.
@main
enum Main {
  static func main() async {
    exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ arguments: [String]) async -> ProgramExit {
    do {
      var command = try AdminCommand.parseAsRoot(arguments)
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      return .done
    } catch let ended as CommandEnd {
      return ended.exit
    } catch {
      let text = AdminCommand.fullMessage(for: error) + "\n"
      guard AdminCommand.exitCode(for: error).isSuccess else {
        Console.write(text, to: .standardError)
        return .badInput
      }
      Console.write(text, to: .standardOutput)
      return .done
    }
  }
}
