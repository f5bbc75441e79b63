import ArgumentParser
import Exchange
import Glibc

/// The program of a node. Exit codes: ``Exchange/ProgramExit``.
@main
enum Main {
  static func main() async {
    exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ arguments: [String]) async -> ProgramExit {
    do {
      let command = try NodeCommand.parse(arguments)
      try await command.run()
      return .done
    } catch let failure as ProgramFailure {
      StandardStream.error.write("xiecha-node: \(failure)\n")
      return failure.exit
    } catch {
      let text = NodeCommand.fullMessage(for: error) + "\n"
      guard NodeCommand.exitCode(for: error).isSuccess else {
        StandardStream.error.write(text)
        return .badInput
      }
      StandardStream.output.write(text)
      return .done
    }
  }
}
