import ArgumentParser

/// Commands that take some items, or all that are in the right state.
enum ItemsOrAll {
  static func check(_ items: [String], _ all: Bool) throws {
    if items.isEmpty == !all {
      throw ValidationError("写编号或 --all · name items, or --all")
    }
  }
}
