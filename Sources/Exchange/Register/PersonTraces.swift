public import Ledger

extension LedgerReader {
  /// Who read what is kept of a person (G2), the oldest first: under each spelling of her number, and
  /// of each person of the register that shares it.
  ///
  /// `number` is as somebody typed it.
  public func traces(ofPerson number: String) throws -> [StoredTrace] {
    var found: [Int64: StoredTrace] = [:]
    for key in PersonLookup.keys(ofNumber: number) {
      var last: Int64 = 0
      while true {
        let page = try traces(ofSubject: key, after: last)
        guard let end = page.last else { break }
        for trace in page { found[trace.number] = trace }
        last = end.number
      }
    }
    return found.values.sorted { $0.number < $1.number }
  }
}
