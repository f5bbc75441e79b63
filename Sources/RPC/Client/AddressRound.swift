internal import NIOConcurrencyHelpers
public import Wire

/// The addresses of one node, tried in turn: from the one that answered last on, once round.
///
/// Each is a name or a number; a name is resolved anew at each dial, and may have addresses of both
/// kinds of IP.
public final class AddressRound: Sendable {
  private let endpoints: [Endpoint]
  private let place = NIOLockedValueBox(0)

  /// A round of at least one.
  public init(_ endpoints: [Endpoint]) {
    self.endpoints = endpoints
  }

  /// What the first address gives that can be reached.
  ///
  /// - Throws: The failure of the last one tried. A node that answers and refuses is not asked
  ///   again at its other addresses.
  public func first<Value>(
    _ dial: (Endpoint) async throws(CallFailure) -> Value
  ) async throws(CallFailure) -> Value {
    let start = place.withLockedValue(\.self)
    var failure = CallFailure(.unavailable, .unreachable, "there is no address to dial")
    for step in endpoints.indices {
      let index = (start + step) % endpoints.count
      do throws(CallFailure) {
        let value = try await dial(endpoints[index])
        place.withLockedValue { $0 = index }
        return value
      } catch {
        failure = error
      }
      if failure.status != .unavailable || Task.isCancelled { throw failure }
    }
    throw failure
  }
}
