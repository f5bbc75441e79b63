public import ExchangeRules

extension CodeTables {
  /// The code tables of the records, each value with how well it is known.
  public static let national = CodeTables(CodeTablesText.text)
}
