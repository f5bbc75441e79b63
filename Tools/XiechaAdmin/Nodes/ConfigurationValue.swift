import Backups

/// The configuration file of a node, with every key that it can have.
struct ConfigurationValue: Codable {
  struct Node: Codable {
    var kind: String
    var division: String
    var name: String
    var profile: String
  }
  struct Certificates: Codable {
    var certificate: String
    var key: String
    var trust: String
    var revoked: String
    var minimumVersion = "1.3"
  }
  struct Uplink: Codable {
    var endpoint: String
    var passwordFile: String
  }
  struct Limits: Codable {
    var connections = 12_000
    var calls = 4096
    var drainSeconds = 10
  }
  struct Log: Codable {
    var level = "info"
  }
  struct Backup: Codable {
    var folder: String
    var keyFile: String
    var everyHours = BackupSchedule.standardHours
    var keep = BackupSchedule.standardKeep
  }

  struct Health: Codable {
    var listen: String
  }

  var node: Node
  var listen: String
  var store: String
  var tls: Certificates
  var uplinks: [String: Uplink]
  var limits: Limits
  var log: Log
  /// Nil: the node makes none.
  var backup: Backup?
  /// Nil: it tells nobody.
  var health: Health?
}
