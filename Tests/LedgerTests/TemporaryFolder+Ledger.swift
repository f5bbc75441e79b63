import TestSupport

extension TemporaryFolder {
  /// The path of the test's ledger.
  var ledger: String { file("node.sqlite") }
}
