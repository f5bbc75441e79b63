import ArgumentParser
import Credentials
import Exchange
import ExchangeRules

/// A role that a person can have.
struct OperatorRole: ExpressibleByArgument {
  let role: Role

  static var all: [Role] { Role.allCases.filter { !$0.isNode } }

  init?(argument: String) {
    guard let role = Role(rawValue: argument), !role.isNode else { return nil }
    self.role = role
  }

  static var allValueStrings: [String] { all.map(\.rawValue) }

  /// A role belongs to a level: a county's operator acts for a county (S2.1, S2.2).
  func check(_ division: DivisionCode) throws(ProgramFailure) {
    let fits =
      switch role {
      case .villageReporter: division.level == .village
      case .townshipOperator: division.level == .township
      case .countyOperator, .countySupervisor: division.isCounty
      case .provinceSupervisor: division.level == .province
      default: true
      }
    guard !fits else { return }
    throw ProgramFailure(
      .badInput, chinese: "区划 \(division) 与角色 \(role.rawValue) 的级别不符",
      english: "division \(division) is not of the level of a \(role.rawValue)")
  }
}
