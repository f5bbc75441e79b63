import Foundation
import Glibc
import TLS
import TestNodes
import TestSupport
import TestTLS

/// Where a network of the relay benchmark lives: its stores, its certificates, and its time.
struct RelayPlace: Sendable {
  static let province = "440000"
  static let asking = "440306"
  static let asked = "441702"
  static let password = TestNode.password
  static let operatorName = "operator"

  let directory: String
  /// When the network was made, in milliseconds of the system's monotonic clock.
  let started: Int64

  static func create(in parent: String) throws -> RelayPlace {
    let directory = "\(parent)/xiecha-relay-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let place = RelayPlace(directory: directory, started: RelayPlace.monotonicMilliseconds())
    _ = try TestCertificates.create(in: directory, for: [province, asking, asked])
    return place
  }

  func remove() { try? FileManager.default.removeItem(atPath: directory) }

  func ledger(of division: String) -> String { "\(directory)/\(division).sqlite" }

  /// The nodes' time: the tests' when the network was made.
  ///
  /// The rules' calendar has that year, whenever the benchmark runs.
  var now: @Sendable () -> Int64 {
    { [started] in TestClock.start + RelayPlace.monotonicMilliseconds() - started }
  }

  /// The same in all processes.
  static func monotonicMilliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  var certificates: TestCertificates { TestCertificates(in: directory) }

  func client(_ division: String?) throws -> TLSContext {
    try certificates.client(division)
  }
}
