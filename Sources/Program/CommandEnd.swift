internal import Presentation

/// How a command ended that did not end well, on its way to ``ProgramMain``.
struct CommandEnd: Error {
  /// How the program ends.
  let exit: ProgramExit
  /// What is still to be told, and where; nil: everything has been told.
  let untold: (failure: ProgramFailure, console: Console)?

  init(exit: ProgramExit) {
    self.exit = exit
    untold = nil
  }

  init(_ failure: ProgramFailure, on console: Console) {
    exit = failure.exit
    untold = (failure, console)
  }
}
