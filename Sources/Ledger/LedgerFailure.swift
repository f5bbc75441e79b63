/// Why the ledger did not do something: a stable reason for programs, one line for people.
public struct LedgerFailure: Error, Sendable, Hashable {
  /// The reasons, stable for programs.
  public enum Reason: String, Sendable, CaseIterable {
    // About the file.
    /// The file is a database of something else, or no database at all.
    case notALedger
    /// A newer version of the program wrote the file.
    case newerVersion
    /// The file or its folder cannot be opened.
    case unreadable
    /// The file can be read and not written.
    case readOnly
    /// The file is sealed and its keys are not at hand, or cannot be used.
    case sealed
    /// Another process owns the file.
    case inUse
    /// No space is left; nothing of the batch was kept.
    case diskFull
    /// The log cannot be signed now; nothing of the batch was kept.
    case cannotSign
    /// The storage failed while reading or writing.
    case storage
    /// The file's content contradicts itself.
    case corrupt
    /// The ledger has been closed.
    case closed

    // About one request.
    /// Too much is waiting, or another process holds the file: try again later.
    case busy
    /// No such item is known here.
    case unknownItem
    /// No such account, node, session or record is known here.
    case unknown
    /// There is one of that name already.
    case exists
    /// The same identity came with other content.
    case conflict
    /// A sequence that this ledger never gave out, or a cursor that would go back.
    case sequence
    /// A value that the schema does not allow.
    case invalid
  }

  /// The reason, for programs.
  public var reason: Reason
  /// One line for people: what is wrong, where, and what to do.
  ///
  /// Never personal data.
  public var text: String
  /// When trying again makes sense: after this many milliseconds.
  ///
  /// Nil: not by itself.
  public var retryAfterMilliseconds: Int?

  /// A failure with its reason and its line.
  public init(_ reason: Reason, _ text: String, retryAfterMilliseconds: Int? = nil) {
    self.reason = reason
    self.text = text
    self.retryAfterMilliseconds = retryAfterMilliseconds
  }
}

extension LedgerFailure: CustomStringConvertible {
  /// The line for people.
  public var description: String { text }
}

extension LedgerFailure {
  /// The node is stopping.
  static let closed = LedgerFailure(.closed, "the ledger is closed; the node is stopping")

  /// Too much is going on.
  static func busy(_ cause: String) -> LedgerFailure {
    LedgerFailure(
      .busy, "the ledger is busy: \(cause); try again shortly",
      retryAfterMilliseconds: LedgerLimits.busyRetryMilliseconds)
  }
}
