/// What a ledger keeps once, by name.
enum Setting: String {
  /// The identity of its outboxes.
  case outbox
  /// The division whose ledger it is.
  case owner
  /// The secret behind false salts.
  case decoySecret = "decoy secret"
  /// A word that is another one whenever a node was added.
  case nodes
  /// A word that is another one whenever somebody's rights may have become less.
  case rights
  /// Made where the ledger is older than seals: neighbours may tell it of events without one.
  case unsealed
  /// When it was put back, and of when the copy is.
  case putBack = "put back"
  /// The last backup that was made and verified.
  case lastBackup = "last backup"
  /// Why the last attempt at a backup failed; empty: it did not.
  case backupFailure = "backup failure"
  /// The Friday of the last week for which the lists of dunning were made, yyyymmdd (S10.4).
  case dunned
  /// The last trace that was looked at for what it says of a person, to be removed (G6).
  case tracesRemoved = "traces removed"
  /// Another word whenever an administrator has looked after what was set aside.
  case quarantine
}

extension Statement {
  static let setting = Statement("a setting", "SELECT value FROM setting WHERE name = ?")
  static let makeSetting = Statement(
    "make a setting, where there is none",
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING")
  static let keepSetting = Statement(
    "keep a setting",
    """
    INSERT INTO setting (name, value) VALUES (?, ?)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value
    """)
  static let changeSetting = Statement(
    "change a setting", "UPDATE setting SET value = ? WHERE name = ?")
}

extension LedgerReader {
  /// A setting; nil where it was never made.
  func value(of setting: Setting) throws -> String? {
    try row(.setting, [.text(setting.rawValue)]) { $0.text(0) }
  }
}

extension LedgerTransaction {
  /// Makes a setting; one that is there stays as it is.
  func make(_ setting: Setting, _ value: String) throws {
    try put(.makeSetting, [.text(setting.rawValue), .text(value)])
  }

  /// Makes a setting, or changes the one that is there.
  func keep(_ setting: Setting, _ value: String) throws {
    try put(.keepSetting, [.text(setting.rawValue), .text(value)])
  }

  /// Changes a setting that is there.
  func change(_ setting: Setting, to value: String) throws {
    try put(.changeSetting, [.text(value), .text(setting.rawValue)])
  }
}
