import ArgumentParser
import Exchange
import ExchangeRules
import Presentation
import Program

/// At which node above.
struct NodeAbove: ParsableArguments {
  @Option(
    name: .long,
    help: "上级节点的区划代码，不写则为本节点的上级 · The node above; this node's own where none is given.")
  var at: DivisionCode?

  /// The node that is named, or the one above the ledger's own: a township's county, a county's
  /// province.
  func read(owner: DivisionCode?) throws(ProgramFailure) -> String {
    if let at { return "\(at)" }
    guard let owner, let kind = NodeIdentity.Kind(serving: owner), kind != .province else {
      throw ProgramFailure(
        .badInput, "at", chinese: "请用 --at 指明上级节点：本节点没有唯一的上级",
        english: "--at: name the node; this one has no single node above")
    }
    return kind == .township ? "\(owner.county ?? owner)" : "\(owner.province)"
  }
}
