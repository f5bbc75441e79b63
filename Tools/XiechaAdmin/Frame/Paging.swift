import Ledger

extension LedgerReader {
  /// All rows of a list that the ledger gives a page at a time; `page` takes the last row that came.
  func all<Row>(_ page: (Row?) throws -> [Row]) throws -> [Row] {
    var rows: [Row] = []
    while true {
      let next = try page(rows.last)
      if next.isEmpty { return rows }
      rows += next
    }
  }
}
