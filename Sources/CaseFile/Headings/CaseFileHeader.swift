/// What is known of a case file once its headings are read.
public struct CaseFileHeader: Sendable, Hashable {
  /// The headings as they stand in the file.
  public var headings: [String]
  /// Headings that mean nothing here: their columns are not imported, which is worth a warning.
  public var unknownHeadings: [String]
  /// Headings of a field that an earlier column holds: these columns are not imported either.
  public var repeatedHeadings: [String]
  /// The line of the headings, from 1.
  public var line: Int
  /// The sheet that is read, of a workbook.
  public var sheet: String?
  /// Other sheets that are visible and hold anything: they are not read, which is worth a warning.
  public var otherSheets: [String] = []
  /// What separates the cells of its rejects: comma, semicolon or tab.
  public var separator: UInt8
  /// The column that holds the reasons of an earlier import, if there is one.
  public var reasonColumn: Int?
}
