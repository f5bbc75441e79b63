public import ArgumentParser
public import Presentation

/// A command of a program: it writes to a console, and its errors are told in one place.
public protocol ConsoleCommand: AsyncParsableCommand {
  /// Where it writes.
  var console: Console { get }
  /// Does the work and says how the program ends.
  func perform(on console: Console) async throws -> ProgramExit
}

extension ConsoleCommand {
  /// Does the work; whatever ends the program other than well is thrown to ``ProgramMain``.
  public func run() async throws {
    let console = console
    do {
      let exit = try await perform(on: console)
      if exit != .done { throw CommandEnd(exit: exit) }
    } catch let ended as CommandEnd {
      throw ended
    } catch {
      throw CommandEnd(ProgramFailure(error), on: console)
    }
  }
}

/// A command that shows its result to a person or to a program.
public protocol Command: ConsoleCommand {
  /// How its output looks.
  var output: OutputOptions { get }
}

extension Command {
  /// The console that the options ask for.
  public var console: Console { output.console }
}
