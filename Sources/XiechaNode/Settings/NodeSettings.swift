import Backups
import Exchange
import ExchangeRules
import Logging
import RPC
import TLS

/// What a node is started with: read, checked, paths absolute or relative to the working directory.
struct NodeSettings: Sendable {
  /// A node that this one dials.
  struct Uplink: Sendable {
    var division: DivisionCode
    /// Where it listens: one address or several, tried in turn.
    var endpoints: [Endpoint]
    /// The password of this node's account there.
    var passwordFile: String
  }

  var identity: NodeIdentity
  var listen: Endpoint
  var store: String
  /// Where the key of a sealed store is; nil: where the store's keys say.
  var storeKey: String?
  var tls: TLSConfiguration
  var uplinks: [Uplink]
  /// Connections at once; each takes a descriptor and some 20 KiB.
  var connections: Int
  /// Waiting calls at once, over all connections.
  var calls: Int
  /// How long open calls may take to end when the node stops, in seconds.
  var drainSeconds: Int
  var logLevel: Logger.Level
  /// The backups that it makes by itself; nil: none.
  var backup: BackupSchedule?
  /// Where it tells of its health and figures; nil: nowhere.
  var health: Endpoint?
  /// How long it keeps what it knows of persons (G6).
  var retention: RetentionPolicy
  /// What it asks of those who sign in (AUTH-2, AUTH-4).
  var access: AccessPolicy

  /// Addresses of one neighbour: two lines of two providers, each by name and by number.
  static let longestAddressList = 8
  static let connectionBounds = 1...100_000
  static let callBounds = 1...100_000
  static let drainBounds = 0...300
  static let standardConnections = 12_000
  static let standardCalls = 4096
  static let standardDrainSeconds = 10

  /// What the node is, for people: `county 440306 宝安区`.
  var title: String { "\(identity.kind.rawValue) \(identity.division) \(identity.name)" }
}
