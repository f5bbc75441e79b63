import Foundation
import Ledger

/// A province and two counties, each in a process of its own.
final class RelayNetwork {
  let place: RelayPlace
  private var processes: [Subprocess] = []
  private(set) var askingPort = 0

  init(_ place: RelayPlace) {
    self.place = place
  }

  /// Starts the province and the asked county, which then waits for what comes.
  func startReceivers() throws -> String {
    let province = try start(
      "province", RelayPlace.province,
      ["--below", RelayPlace.asking, "--below", RelayPlace.asked])
    let endpoint = "127.0.0.1:\(province)"
    _ = try start(
      "county", RelayPlace.asked, ["--above", RelayPlace.province, "--above-endpoint", endpoint])
    return endpoint
  }

  /// Starts the asking county: what waits in its outbox goes at once.
  func startAsking(above endpoint: String) throws {
    askingPort = try start(
      "county", RelayPlace.asking, ["--above", RelayPlace.province, "--above-endpoint", endpoint])
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
