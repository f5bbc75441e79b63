internal import CPostgreSQL

/// The types that the ledger's columns have, by the server's fixed numbers for them (pg_type.dat).
enum PostgreSQLType {
  static let flag: Oid = 16
  static let blob: Oid = 17
  static let integer: Oid = 20
  static let text: Oid = 25
  private static let smallInteger: Oid = 21
  private static let shortInteger: Oid = 23

  /// What is read as a number: a truth is 1 or 0, in the one byte that it has.
  static let numbers = [integer, shortInteger, smallInteger, flag]
  static let texts = [text]
  static let blobs = [blob]
}
