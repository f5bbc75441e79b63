public import ArgumentParser
import Exchange
public import ExchangeRules
import Presentation
import ReferenceData

extension DivisionCode: ExpressibleByArgument {
  /// A code as it is typed: 6, 9 or 12 digits, in full width too.
  public init?(argument: String) {
    guard let code = try? WrittenDivision.read(argument) else { return nil }
    self = code.value
  }
}

extension DivisionCode {
  /// The name that was given, or else its name by the register of divisions.
  func name(given: String?) throws(ProgramFailure) -> String {
    guard let name = given ?? DivisionRegister.national.name(of: self) else {
      throw ProgramFailure(
        .badInput, chinese: "区划表中没有 \(self) 的名称：请用 --name",
        english: "the register of divisions has no name for \(self): use --name")
    }
    return name
  }

  /// The kind of node that serves it.
  func nodeKind() throws(ProgramFailure) -> NodeIdentity.Kind {
    guard let kind = NodeIdentity.Kind(serving: self) else {
      throw ProgramFailure(
        .badInput, chinese: "\(self) 不是省、县或乡镇的代码：只有这三级设节点",
        english:
          "\(self) is not the code of a province, a county or a township: no other has a node")
    }
    return kind
  }
}
