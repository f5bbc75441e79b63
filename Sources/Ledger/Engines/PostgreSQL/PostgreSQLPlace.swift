internal import CPostgreSQL

/// The connection string of a ledger: where its server is, in libpq's words.
///
/// It may be shown: a password never stands in it, because command lines and configurations are read
/// by others. libpq takes one from the file that `passfile=` names, or from `~/.pgpass`.
struct PostgreSQLPlace: Sendable {
  let text: String

  /// Whether a ledger's place is a connection string, and not the path of a file.
  static func isPlace(_ text: String) -> Bool {
    text.hasPrefix("postgresql:") || text.hasPrefix("postgres:")
  }

  init(_ text: String) throws(LedgerFailure) {
    self.text = text
    var complaint: UnsafeMutablePointer<CChar>?
    defer { PQfreemem(complaint) }
    guard let options = PQconninfoParse(text, &complaint) else {
      // libpq repeats what it does not understand, which may be a password.
      throw LedgerFailure(
        .invalid,
        "the connection string of the ledger cannot be read; it is written like "
          + "postgresql://USER@HOST/DATABASE?passfile=FILE")
    }
    defer { PQconninfoFree(options) }
    var option = options
    while let keyword = option.pointee.keyword {
      let isGiven = option.pointee.val.map { $0.pointee != 0 } ?? false
      if isGiven, ["password", "sslpassword"].contains(String(cString: keyword)) {
        throw LedgerFailure(
          .invalid,
          "the connection string of the ledger has a password, which others could read; write it "
            + "into a file that only the node's user can read, and name that with passfile=FILE")
      }
      option += 1
    }
  }
}
