import ArgumentParser
import Foundation
import Presentation

/// The operator's program.
///
/// Exit codes: ``Presentation/ExitCode``.
@main
enum Main {
  static func main() async {
    let code = await run(Array(CommandLine.arguments.dropFirst()))
    Foundation.exit(code.rawValue)
  }

  private static func run(_ arguments: [String]) async -> Presentation.ExitCode {
    var command: any ParsableCommand
    do {
      command = try XiechaCommand.parseAsRoot(arguments)
    } catch {
      return tell(error)
    }
    do {
      if var operatorCommand = command as? any AsyncParsableCommand {
        try await operatorCommand.run()
      } else {
        try command.run()
      }
      return .done
    } catch let ended as CommandEnd {
      return ended.code
    } catch {
      return tell(error)
    }
  }

  /// Prints help or what is wrong with the command line.
  private static func tell(_ error: any Error) -> Presentation.ExitCode {
    let text = XiechaCommand.fullMessage(for: error)
    if XiechaCommand.exitCode(for: error).isSuccess {
      Console.write(text + "\n", to: .standardOutput)
      return .done
    }
    Console.write(text + "\n", to: .standardError)
    return .badInput
  }
}
