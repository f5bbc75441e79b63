/// A step by which a ledger of an older program is brought up to date.
///
/// Each step is a transaction: a program that is ended in the middle of one has lost that one alone,
/// and the next start goes on with it.
public struct LedgerUpdate: Sendable, Hashable {
  /// What the step brings, such as `6 figures`.
  public var step: String
  /// Which of the steps that are to be done, from 1.
  public var number: Int
  /// How many there are to be done.
  public var of: Int
  /// How long it has been under way, in seconds; told again every ``everySeconds``.
  public var seconds: Int

  /// How often a step that takes long is told of, in seconds.
  public static let everySeconds = 10
}
