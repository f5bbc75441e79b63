/// An error that says how a program ends on it, and what people read.
public protocol ExplainedError: Error {
  /// The failure of the program that it is.
  var explanation: ProgramFailure { get }
}
