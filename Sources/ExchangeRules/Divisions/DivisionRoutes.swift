/// Routing by division code: the longest known prefix wins; a peer province is known by the first
/// two digits.
///
/// No route is an answer too, and never a guess.
public struct DivisionRoutes<Destination: Sendable>: Sendable {
  private var destinations: [DivisionCode: Destination]

  /// Routes to the divisions that are known.
  public init(_ destinations: [DivisionCode: Destination] = [:]) {
    self.destinations = destinations
  }

  /// The destination registered for exactly this division.
  public subscript(exactly code: DivisionCode) -> Destination? {
    get { destinations[code] }
    set { destinations[code] = newValue }
  }

  /// The destination of the nearest known division that contains this one.
  public func route(to code: DivisionCode) -> Destination? {
    var candidate: DivisionCode? = code
    while let current = candidate {
      if let destination = destinations[current] { return destination }
      candidate = current.enclosing
    }
    return nil
  }
}

extension DivisionCode {
  /// The next shorter prefix as a code, whether or not such a division exists.
  var enclosing: DivisionCode? {
    switch level {
    case .village: township
    case .township: DivisionCode(sixDigits: sixDigits)
    case .county: DivisionCode(sixDigits: sixDigits / 100 * 100)
    case .prefecture: province
    case .province: nil
    }
  }
}
