public import ExchangeRules

extension NodeIdentity.Kind {
  /// The kind of node that serves a division; nil where none does: only provinces, counties and
  /// townships have one.
  public init?(serving division: DivisionCode) {
    switch division.level {
    case .province: self = .province
    case .township: self = .township
    case .county: self = .county
    case .prefecture where division.isCounty: self = .county
    case .prefecture, .village: return nil
    }
  }

  /// The role that a node of the kind signs in with.
  public var role: String { "\(rawValue)Node" }
}
