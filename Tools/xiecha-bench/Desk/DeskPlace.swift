import ExchangeRules
import Foundation
import Ledger
import NIOCore
import TLS
import TestNodes
import TestSupport
import TestTLS

/// A county whose office has many open items, its node, and a desk before it, each in a process.
final class DeskPlace {
  let place: RelayPlace
  private let network: RelayNetwork
  private let desk: Subprocess
  let port: Int
  let tls: TLSContext

  static let division = RelayPlace.asked

  static func account(_ number: Int) -> String { "clerk\(number)" }

  /// Brings the items to the county over the exchange, and lets so many clerks sign in there.
  init(items: Int, clerks: Int, directory: String) async throws {
    place = try RelayPlace.create(in: directory)
    network = RelayNetwork(place)
    let identities = try await RelayStock(place: place, count: items, isSent: true).put()
    try await DeskPlace.add(clerks, at: place)
    try network.startAsking(above: try network.startReceivers())
    let reader = try network.reader(of: DeskPlace.division)
    try await ArrivalWatch(
      ledger: reader, identities: identities, limit: .seconds(1_800), interval: .milliseconds(250)
    ).run { _, _ in }
    try reader.close()
    // Beside the node alone is the desk measured.
    network.stopAsking()
    let files = "\(place.directory)/\(DeskPlace.division)"
    desk = try Subprocess(
      ProgramRun.built("xiecha-desk"),
      [
        "--listen", "127.0.0.1:0", "--node", "127.0.0.1:\(network.askedPort)", "--division",
        DeskPlace.division, "--trust", place.certificates.trustRootsFile, "--certificate",
        "\(files).pem", "--key", "\(files).key",
      ])
    guard let port = Int(try desk.waitUntilReady().split(separator: ":").last ?? "") else {
      throw Subprocess.Ended()
    }
    self.port = port
    tls = try TLSContext(
      client: TLSConfiguration(
        trustRootsFile: place.certificates.trustRootsFile, application: .web))
  }

  private static func add(_ clerks: Int, at place: RelayPlace) async throws {
    let ledger = try Ledger(path: place.ledger(of: division))
    let now = place.now()
    try await ledger.commit { ledger in
      for number in 0..<clerks {
        try ledger.create(
          StoredAccount(
            name: account(number), role: "countyOperator", division: division,
            verifier: TestNode.verifier, created: now))
      }
    }
    try ledger.close()
  }

  var residentKibibytes: Double { Memory.residentKibibytes(of: desk.identifier) }

  /// CPU time of the desk and of its node so far, in microseconds.
  var processorMicroseconds: (desk: Double, node: Double) {
    (
      Processor.microseconds(of: desk.identifier),
      network.identifiers.last.map { Processor.microseconds(of: $0) } ?? .nan
    )
  }

  /// A clerk's cookie after the sign-in.
  func signIn(_ number: Int) async throws -> String {
    try await PageClient.with(port: port, tls: tls) { client in
      let form =
        "account=\(DeskPlace.account(number))&password="
        + TestNode.password.replacing(" ", with: "+")
      let page = try await client.post("/sign-in", form)
      guard page.status == 303, let cookie = page.cookie else { throw PageClient.NoReply() }
      return cookie
    }
  }

  func stop() {
    desk.stop()
    network.stop()
    place.remove()
  }
}
