import ArgumentParser
import Exchange
import Glibc

/// The program of a node.
///
/// Exit codes: ``Exchange/ProgramExit``.
@main
enum Main {
  static func main() async {
    exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ arguments: [String]) async -> ProgramExit {
    let command: NodeCommand
    do {
      command = try NodeCommand.parse(arguments)
    } catch {
      return tell(error)
    }
    do {
      try await command.run()
      return .done
    } catch {
      let failure = ProgramFailure(error)
      StandardStream.error.write("xiecha-node: \(failure)\n")
      return failure.exit
    }
  }

  /// Prints help, or what is wrong with the command line.
  private static func tell(_ error: any Error) -> ProgramExit {
    let text = NodeCommand.fullMessage(for: error) + "\n"
    guard NodeCommand.exitCode(for: error).isSuccess else {
      StandardStream.error.write(text)
      return .badInput
    }
    StandardStream.output.write(text)
    return .done
  }
}
