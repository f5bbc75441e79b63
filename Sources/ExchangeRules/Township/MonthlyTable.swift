/// The monthly tables of an office (S12.5).
public enum MonthlyTable: Int, CaseIterable, Hashable, Sendable {
  /// The national table: all migrants (国表《全员流动人口统计表》).
  case national = 1
  /// The provincial table of out-migrants, with what was done for them.
  case outMigrants = 2
  /// The provincial table of in-migrants, with what was done for them.
  case inMigrants = 3

  /// The word that programs use.
  public var word: String { "\(self)" }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .national: BilingualText(chinese: "国表：全员流动人口", english: "national: all migrants")
    case .outMigrants: BilingualText(chinese: "省表：流出人口", english: "provincial: out-migrants")
    case .inMigrants: BilingualText(chinese: "省表：流入人口", english: "provincial: in-migrants")
    }
  }
}
