import ArgumentParser
import ExchangeProtos
import Ledger
import NIOCore
import RPC
import Wire

/// A server to be overloaded, and the call that does it.
struct OverloadTarget {
  enum Kind: String, CaseIterable, ExpressibleByArgument, Sendable {
    case workers, processor, node
  }

  typealias Call =
    @Sendable (
      RPCConnection, TimeAmount?, @escaping @Sendable (Result<Void, CallFailure>) -> Void
    ) -> Void

  let endpoint: Endpoint
  let signIn: SignIn
  let options: RPCConnection.Options
  let call: Call
  let stop: () -> Void

  static func start(
    _ kind: Kind, calls: Int, workers: Int, work: Int, rounds: Int, directory: String
  ) throws -> OverloadTarget {
    switch kind {
    case .workers:
      try bench(["--calls", "\(calls)", "--workers", "\(workers)", "--work", "\(work)"])
    case .processor: try bench(["--calls", "\(calls)", "--rounds", "\(rounds)"])
    case .node: try node(calls: calls, directory)
    }
  }

  private static func bench(_ arguments: [String]) throws -> OverloadTarget {
    let server = try BenchServer.start(["--threads", "1"] + arguments)
    return OverloadTarget(
      endpoint: server.endpoint, signIn: BenchServer.signIn(), options: try server.options(),
      call: { connection, timeout, done in
        connection.call(Bench.submit, ClosedLoop.request, timeout: timeout) {
          done($0.map { _ in })
        }
      }, stop: server.stop)
  }

  /// A county's node; each call enters an item of its own.
  private static func node(calls: Int, _ directory: String) throws -> OverloadTarget {
    let place = try RelayPlace.create(in: directory)
    let process = try Subprocess(
      CommandLine.arguments[0],
      [
        "serve-node", "--directory", place.directory, "--kind", "county", "--division",
        RelayPlace.asking, "--started", "\(place.started)", "--calls", "\(calls)",
      ])
    guard let port = Int(try process.waitUntilReady()) else { throw Subprocess.Ended() }
    let now = place.now
    return OverloadTarget(
      endpoint: Endpoint(host: "127.0.0.1", port: port),
      signIn: SignIn(name: RelayPlace.operatorName, password: RelayPlace.password),
      options: RPCConnection.Options(
        tls: try place.client(nil), expectedDivision: RelayPlace.asking),
      call: { connection, timeout, done in
        var request = EnterRequest()
        var item = RelayStock.item
        item.id = LedgerID(version7At: now()).bytes
        request.item = item
        connection.call(Items.enter, request, timeout: timeout) { done($0.map { _ in }) }
      },
      stop: {
        process.stop()
        place.remove()
      })
  }
}
