import ArgumentParser

/// Why somebody reads a whole record: it leaves a trace (G2).
struct ReadingOptions: ParsableArguments {
  @Option(help: "查看目的 · What for.")
  var purpose: String

  func validate() throws {
    if purpose.allSatisfy(\.isWhitespace) { throw ValidationError("--purpose 不能为空 · not blank") }
  }
}
