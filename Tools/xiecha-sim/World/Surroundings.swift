import Exchange
import RPC
import TestSupport
import TestTLS

/// What an office finds around it.
protocol Surroundings: AnyObject, Sendable {
  var scheduler: Scheduler { get }
  var trace: Trace { get }
  var certificates: TestCertificates { get }
  /// Where the disks lie.
  var folder: String { get }
  /// The world's own chance.
  var chance: SeededNumbers { get set }
  var counts: WeatherCounts { get set }

  /// How a node or an operator of an office reaches other nodes.
  func transport(from division: String) -> Transport

  /// Cuts every cable of an office that has gone down.
  func cutAll(of division: String)

  /// The divisions whose nodes dial an office's.
  func below(_ division: String) -> [(division: String, kind: NodeIdentity.Kind)]
}
