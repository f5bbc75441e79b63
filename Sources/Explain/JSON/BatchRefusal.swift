/// Why a line is not answered: `{"error":{"field":…,"reason":…}}`.
public struct BatchRefusal: Error, Hashable, Sendable {
  /// The field at fault; "line" for the line as a whole.
  public let field: String
  /// A stable word, such as "missing"; after a colon what to do, where there is something to do.
  public let reason: String

  /// Names the fault.
  public init(field: String, reason: String) {
    self.field = field
    self.reason = reason
  }

  /// Longer than `BatchLines.maxLineBytes`.
  public static let tooLong = BatchRefusal(field: "line", reason: "tooLong")
}
