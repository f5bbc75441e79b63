/// What a parser must hold for every input, and did not.
public struct BrokenProperty: Error, Sendable, CustomStringConvertible {
  /// The property, in words.
  public let description: String

  /// Names the property.
  public init(_ description: String) { self.description = description }

  /// Refuses an input that shows that a property does not hold.
  public static func unless(_ holds: Bool, _ property: String) throws(BrokenProperty) {
    if !holds { throw BrokenProperty(property) }
  }
}
