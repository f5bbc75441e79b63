/// One row of a running statement; valid only until the next one.
///
/// Places count from 0. A column that holds something of another type is read as that type's nothing.
protocol EngineRow {
  func isNull(_ place: Int) -> Bool
  func int64(_ place: Int) -> Int64
  func text(_ place: Int) -> String
  func blob(_ place: Int) -> [UInt8]
  /// Nil when the column does not hold 16 bytes.
  func id(_ place: Int) -> LedgerID?
  func holds(_ bytes: [UInt8], at place: Int) -> Bool
}

extension EngineRow {
  func int32(_ place: Int) -> Int32 { Int32(truncatingIfNeeded: int64(place)) }
  func int(_ place: Int) -> Int { Int(int64(place)) }
  func flag(_ place: Int) -> Bool { int64(place) != 0 }
}
