public import ArgumentParser
import Credentials
public import Exchange

extension OperatorRole: ExpressibleByArgument {
  /// A role as it is typed: `countyOperator`.
  public init?(argument: String) {
    guard let role = Role(rawValue: argument) else { return nil }
    self.init(role)
  }

  /// The words that help shows.
  public static var allValueStrings: [String] { all.map(\.role.rawValue) }
}
