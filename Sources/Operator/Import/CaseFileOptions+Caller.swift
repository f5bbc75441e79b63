public import CaseFile
public import ExchangeProtos
internal import ExchangeRules
public import Presentation
internal import ReferenceData

extension CaseFileOptions {
  /// What rows are judged by that a caller enters now: for the caller's division, today in China.
  ///
  /// - Parameters:
  ///   - who: The caller, as the node says.
  ///   - now: Milliseconds since 1970.
  /// - Throws: `division` where the node names none.
  public init(for who: WhoAmIReply, now: Int64) throws(ProgramFailure) {
    let actor = who.actor ?? Actor()
    guard let division = DivisionCode(actor.division) else {
      throw ProgramFailure(
        .failure, "division", chinese: "节点返回的区划代码无效", english: "the node names no valid division")
    }
    self.init(
      enteringDivision: division, day: CivilDate(chinaDateOf: now), register: .national,
      tables: .national,
      mayKeepDoubtfulNumbers: ["townshipOperator", "countyOperator"].contains(actor.role))
  }
}
