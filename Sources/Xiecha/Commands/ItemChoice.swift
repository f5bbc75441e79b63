import ArgumentParser

/// Which items a command is about: some by their names, or all whose state allows it.
struct ItemChoice: ParsableArguments {
  @Argument(help: "编号 · Items.")
  var items: [String] = []

  @Flag(help: "当前状态可以办理的全部 · All whose state allows it.")
  var all = false

  /// The names; nil: all.
  var named: [String]? { all ? nil : items }

  func validate() throws {
    if items.isEmpty == !all { throw ValidationError("写编号或 --all · name items, or --all") }
  }
}
