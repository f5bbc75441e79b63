import Foundation
import Ledger
import NIOCore
import RPC

/// A province and two counties, each in a process of its own.
final class RelayNetwork {
  let place: RelayPlace
  private var processes: [Subprocess] = []
  private var askingPort = 0
  /// Where the asked county's node answers.
  private(set) var askedPort = 0

  init(_ place: RelayPlace) {
    self.place = place
  }

  /// Starts the province and the asked county, which then waits for what comes.
  func startReceivers() throws -> String {
    let province = try start(
      "province", RelayPlace.province,
      ["--below", RelayPlace.asking, "--below", RelayPlace.asked])
    let endpoint = "127.0.0.1:\(province)"
    askedPort = try start(
      "county", RelayPlace.asked, ["--above", RelayPlace.province, "--above-endpoint", endpoint])
    return endpoint
  }

  /// Starts the asking county: what waits in its outbox goes at once.
  func startAsking(above endpoint: String) throws {
    askingPort = try start(
      "county", RelayPlace.asking, ["--above", RelayPlace.province, "--above-endpoint", endpoint])
  }

  /// Stops the node that was started last.
  func stopAsking() { processes.popLast()?.stop() }

  /// Starts the asking county with nobody above it.
  func startAlone() throws {
    askingPort = try start("county", RelayPlace.asking, [])
  }

  /// The asking county's operator, signed in.
  func connectOperator(group: any EventLoopGroup) async throws -> RPCConnection {
    try await RPCConnection.connect(
      to: Endpoint(host: "127.0.0.1", port: askingPort),
      signIn: SignIn(name: RelayPlace.operatorName, password: RelayPlace.password),
      options: RPCConnection.Options(
        tls: try place.client(nil), expectedDivision: RelayPlace.asking), group: group)
  }

  private func start(_ kind: String, _ division: String, _ arguments: [String]) throws -> Int {
    let process = try Subprocess(
      CommandLine.arguments[0],
      [
        "serve-node", "--directory", place.directory, "--kind", kind, "--division", division,
        "--started", "\(place.started)",
      ] + arguments)
    processes.append(process)
    guard let port = Int(try process.waitUntilReady()) else { throw Subprocess.Ended() }
    return port
  }

  /// The processes, in the order in which they were started.
  var identifiers: [Int32] { processes.map(\.identifier) }

  /// CPU time of all three so far, in microseconds.
  var processorMicroseconds: [Double] {
    processes.map { Processor.microseconds(of: $0.identifier) }
  }

  func stop() {
    for process in processes { process.stop() }
    processes = []
  }

  /// Reads a node's ledger from outside, as `xiecha-admin` does: what is seen there is on disk.
  func reader(of division: String) throws -> Ledger {
    try Ledger(path: place.ledger(of: division), options: LedgerOptions(owner: .administration))
  }
}
