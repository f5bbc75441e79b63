/// Limits on a case file, so that no file, however broken, takes memory without bound.
public enum CaseFileLimits {
  /// One cell.
  ///
  /// The longest field of the protocol, a remark, has 2,000 bytes; the rest is room for cells that
  /// are refused with their own reason.
  public static let cellBytes = 16 * 1024
  /// One record with all its cells and quotes.
  ///
  /// A quote that is never closed is noticed here.
  public static let recordBytes = 64 * 1024
  /// Lines of one record, whose cells may hold line breaks.
  ///
  /// Past it a quote counts as not closed; the lines behind are read anew, so the limit also bounds
  /// how often each is read.
  public static let linesPerRecord = 100
  /// Cells of one record.
  ///
  /// All eleven categories together have fewer than 200 columns.
  public static let cellsPerRecord = 512
  /// Rows above the headings that may hold a title, a unit or a date of filling in.
  public static let titleRows = 5
  /// Bytes read from the file at a time.
  public static let chunkBytes = 64 * 1024
}
