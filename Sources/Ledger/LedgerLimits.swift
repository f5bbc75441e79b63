/// The limits of the ledger, in one place: what, unit, why.
public enum LedgerLimits {
  /// Requests that share one transaction, at most.
  ///
  /// 1024 submissions take some 20 ms: a larger batch gains under 5 %, because the fsync is already
  /// that small a part of it, and the first in it waits longer.
  public static let batchRequests = 1024

  /// Requests that wait for the writer, at most; one more is refused as `busy`.
  ///
  /// 8 batches: some 200 ms of work, less than the shortest deadline that a caller sets.
  public static let queuedRequests = 8192

  /// What a refused caller is told to wait, in milliseconds: about the time of the full queue.
  public static let busyRetryMilliseconds = 250

  /// How long a statement waits for another process (xiecha-admin) to end its write, in seconds.
  public static let lockWaitSeconds = 5.0

  /// What is kept of one peer's events that were not taken, at most; past it the oldest go, with a
  /// line in the log.
  ///
  /// The peer has them still.
  public static let quarantinedOfPeer = 10_000

  /// Bytes of one peer's events that were not taken, at most; past it the oldest go, as above.
  ///
  /// Each is kept whole, because it is tried again: 64 of the longest, or 16,000 of the usual 4 KiB.
  public static let quarantinedBytesOfPeer = 64 << 20

  /// What is kept of one peer's objections, at most; past it the oldest go.
  ///
  /// A peer tells its newest 256 whenever a link opens, and each as it comes.
  public static let objectionsOfPeer = 1000

  /// Rows in one page of a list, at most: a page is one read transaction and one allocation.
  public static let pageRows = 1000

  /// Items that one read looks at in search of those that concern a peer: some 20 ms.
  public static let scannedRows = 4096

  /// Items that one read of a combined query looks at, so that none holds up a checkpoint: some 40 ms.
  public static let searchedRows = 20_000

  /// Queries that an account has saved, at most: a screen of them.
  public static let savedQueriesOfAccount = 50

  /// Bytes of the events in one page of an outbox, at most; the first goes in whatever its length.
  ///
  /// A page is in memory twice, as rows and as frames, for each link.
  public static let pageBytes = 1 << 20

  /// Events of one item, at most: a fold takes with their square, 10 ms at this many; an item that is
  /// searched for, given on and answered again and again has some dozens.
  public static let eventsOfItem = 400

  /// Body bytes of one event or record version, at most: the longest frame that a node takes, 1 MiB,
  /// less 4 KiB for what each node on the way puts around an event's detail, under 2,500 bytes.
  public static let bodyBytes = (1 << 20) - 4096
}
