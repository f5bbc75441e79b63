public import NIOCore

/// What carries the bytes of a connection to a node.
public struct Transport: Sendable {
  /// Opens a channel to an endpoint, and gives it to `prepare` before it becomes active.
  public typealias Open =
    @Sendable (
      _ endpoint: Endpoint, _ prepare: @escaping @Sendable (any Channel) throws -> Void
    ) async throws -> Void

  /// Nil: TCP.
  let open: Open?

  private init(open: Open?) { self.open = open }

  /// TCP, on a loop of the group that a connection is made with.
  public static let tcp = Transport(open: nil)

  /// Channels of another kind, each on a loop of its own choice, such as those of a simulated network.
  public static func channels(_ open: @escaping Open) -> Transport { Transport(open: open) }
}
