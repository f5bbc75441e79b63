/// Why bytes were refused as a message.
///
/// Carries no value of the message: it can be logged.
public struct MessageRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// A stable word for programs.
  public enum Reason: String, Sendable, CaseIterable {
    /// The bytes are not a protobuf message, or a field has another type than ours.
    case malformedMessage = "malformed-message"
    /// The message would take more memory than its size justifies.
    case messageTooLarge = "message-too-large"
    /// A required field is absent, empty or unspecified.
    case missingField = "missing-field"
    /// A field of a fixed length has another.
    case wrongLength = "wrong-length"
    /// A text or bytes field is longer than it may be.
    case tooLong = "too-long"
    /// A list has more elements than it may have.
    case tooMany = "too-many"
    /// A text is not valid UTF-8.
    case notUTF8 = "not-utf8"
    /// A text contains the character NUL.
    case nulInText = "nul-in-text"
    /// An enum has a value that this version does not know.
    case unknownValue = "unknown-value"
    /// A number lies outside its range.
    case outOfRange = "out-of-range"
    /// A date is no day of the calendar.
    case notADate = "not-a-date"
  }

  /// Why.
  public var reason: Reason
  /// The path of the field at fault, in lowerCamelCase, as in `item.subject.name` or
  /// `deadlines[2].rule`; empty where the message as a whole is at fault.
  public var field: String
  /// A sentence for a person: what is wrong and what to do.
  public var text: String

  init(_ reason: Reason, _ field: StaticString, _ text: String? = nil) {
    self.reason = reason
    self.field = "\(field)"
    self.text = text ?? MessageRefusal.text(of: reason)
  }

  /// `reason (field): text`.
  public var description: String {
    "\(reason.rawValue)\(field.isEmpty ? "" : " (\(field))"): \(text)"
  }

  /// The same refusal, seen from the message that holds this one in `outer`.
  func inside(_ outer: StaticString, at index: Int? = nil) -> MessageRefusal {
    var refusal = self
    let head = index.map { "\(outer)[\($0)]" } ?? "\(outer)"
    refusal.field = field.isEmpty ? head : "\(head).\(field)"
    return refusal
  }

  private static func text(of reason: Reason) -> String {
    switch reason {
    case .malformedMessage:
      "the bytes are not this message; check that both sides use the same Protos"
    case .messageTooLarge: "the message takes more memory than its size justifies; split it"
    case .missingField: "a value is required; fill it in"
    case .wrongLength: "the value has the wrong length"
    case .tooLong: "the value is too long; shorten it"
    case .tooMany: "the list has too many elements; split it"
    case .notUTF8: "the text is not valid UTF-8; convert it"
    case .nulInText: "the text contains the character NUL; remove it"
    case .unknownValue: "the value is not known to this version; upgrade it or choose another"
    case .outOfRange: "the number lies outside its range"
    case .notADate: "the number is no day of the calendar; write it as yyyymmdd"
    }
  }
}
