import RPC
import Synchronization
import Wire

/// The addresses of one neighbour, tried in turn: from the one that answered last on, once round.
///
/// Each is a name or a number; a name is resolved anew at each dial, and may have addresses of both
/// kinds of IP.
final class AddressRound: Sendable {
  private let endpoints: [Endpoint]
  private let place = Mutex(0)

  /// At least one.
  init(_ endpoints: [Endpoint]) {
    self.endpoints = endpoints
  }

  /// What the first address gives that can be reached.
  ///
  /// - Throws: The failure of the last one tried. A neighbour that answers and refuses is not asked
  ///   again at its other addresses.
  func first<Value>(
    _ dial: (Endpoint) async throws(CallFailure) -> Value
  ) async throws(CallFailure) -> Value {
    let start = place.withLock(\.self)
    var failure = CallFailure(.unavailable, .unreachable, "there is no address to dial")
    for step in endpoints.indices {
      let index = (start + step) % endpoints.count
      do throws(CallFailure) {
        let value = try await dial(endpoints[index])
        place.withLock { $0 = index }
        return value
      } catch {
        failure = error
      }
      if failure.status != .unavailable || Task.isCancelled { throw failure }
    }
    throw failure
  }
}
