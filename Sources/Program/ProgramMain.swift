public import ArgumentParser
internal import ExchangeRules
internal import Foundation
internal import Glibc
internal import Presentation

/// The way through a program: reads the command line, runs the command, tells how it ended.
///
/// Exit codes: ``Presentation/ProgramExit``.
public enum ProgramMain {
  /// Runs the program to its end.
  ///
  /// The prefix stands before each failure that people read, such as `xiecha-node: `.
  public static func run<Root: ParsableCommand>(_ root: Root.Type, prefix: String = "") async
    -> Never
  {
    StandardStream.prepare()
    keepNoCore()
    let exit = await end(of: root, Array(CommandLine.arguments.dropFirst()), prefix)
    Foundation.exit(exit.rawValue)
  }

  /// A core file would hold in clear what the disk has sealed.
  private static func keepNoCore() {
    var none = rlimit()
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  private static func end<Root: ParsableCommand>(
    of root: Root.Type, _ arguments: [String], _ prefix: String
  ) async -> ProgramExit {
    do {
      var command = try root.parseAsRoot(arguments)
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      return .done
    } catch let ended as CommandEnd {
      ended.untold.map { $0.console.report($0.failure, prefix: prefix) }
      return ended.exit
    } catch {
      return tell(error, of: root, prefix)
    }
  }

  /// Prints help, or what is wrong with the command line.
  private static func tell<Root: ParsableCommand>(
    _ error: any Error, of root: Root.Type, _ prefix: String
  ) -> ProgramExit {
    let text = root.fullMessage(for: error) + "\n"
    do throws(OutputFailure) {
      guard root.exitCode(for: error).isSuccess else {
        try StandardStream.error.write(text)
        return .badInput
      }
      try StandardStream.output.write(text)
      return .done
    } catch {
      let failure = error.explanation
      OutputOptions.console(json: false, lang: nil).report(failure, prefix: prefix)
      return failure.exit
    }
  }
}
