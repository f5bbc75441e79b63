import Foundation
import Glibc
import TLS

/// Where a network of the relay benchmark lives: its stores, its certificates, and its time.
struct RelayPlace: Sendable {
  static let province = "440000"
  static let asking = "440306"
  static let asked = "441702"
  static let password = "a password of the benchmark"
  static let operatorName = "operator"

  let directory: String
  /// When the network was made, in milliseconds of the system's monotonic clock.
  let started: Int64

  static func create(in parent: String) throws -> RelayPlace {
    let directory = "\(parent)/xiecha-relay-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let place = RelayPlace(directory: directory, started: RelayPlace.monotonicMilliseconds())
    let now = Int64(Date().timeIntervalSince1970)
    let authority = try CertificateAuthority.create(in: directory, now: now)
    for division in [province, asking, asked] {
      _ = try authority.issueNode(division: division, in: directory, now: now)
    }
    return place
  }

  func remove() { try? FileManager.default.removeItem(atPath: directory) }

  func ledger(of division: String) -> String { "\(directory)/\(division).sqlite" }

  /// The nodes' time: 17 June 2009, ten o'clock in China, when the network was made.
  ///
  /// The rules' calendar has that year, whenever the benchmark runs.
  var now: @Sendable () -> Int64 {
    { [started] in 1_245_204_000_000 + RelayPlace.monotonicMilliseconds() - started }
  }

  /// The same in all processes.
  static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  private func configuration(_ division: String?) -> TLSConfiguration {
    TLSConfiguration(
      certificateChainFile: division.map { "\(directory)/\($0).pem" },
      privateKeyFile: division.map { "\(directory)/\($0).key" },
      trustRootsFile: "\(directory)/authority.pem")
  }

  func server(_ division: String) throws -> TLSContext {
    try TLSContext(server: configuration(division))
  }

  func client(_ division: String?) throws -> TLSContext {
    try TLSContext(client: configuration(division))
  }
}
