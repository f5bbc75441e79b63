extension ProgramFailure {
  /// Any error that reaches the end of a program; one that explains nothing is the program's fault.
  public init(_ error: any Error) {
    switch error {
    case let failure as ProgramFailure: self = failure
    case let explained as any ExplainedError: self = explained.explanation
    default:
      self.init(.failure, "internal", chinese: "程序出错：\(error)", english: "internal: \(error)")
    }
  }
}
