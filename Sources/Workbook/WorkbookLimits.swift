/// Limits on a workbook, so that no file, however made, takes memory or time without bound.
public enum WorkbookLimits {
  /// Bytes of one unpacked part of the file.
  ///
  /// A sheet of a million rows and twenty columns has about 900 MB.
  public static let partBytes = 1 << 30
  /// How many times larger a part may be than its packed bytes, once ``ratioFreeBytes`` are
  /// unpacked.
  ///
  /// Sheets pack to between a fifth and a fiftieth; the format itself reaches a thousandth, which only
  /// a zip bomb does.
  public static let packingRatio = 250
  /// Unpacked bytes below which ``packingRatio`` is not looked at.
  public static let ratioFreeBytes = 1 << 20
  /// Bytes of all texts that the cells of a workbook share.
  public static let sharedBytes = 128 << 20
  /// Sheets of a workbook that are looked at.
  public static let sheets = 256
  /// Styles of a workbook; the programs themselves allow 65,490.
  public static let styles = 1 << 16
  /// Merged areas of a sheet.
  public static let mergedAreas = 1 << 17
  /// Cells of a row that are read; the programs have 16,384 columns.
  public static let cellsPerRow = 512
  /// Bytes of one cell's text; the programs allow 32,767 characters.
  public static let cellBytes = 16 * 1024
  /// Bytes unpacked at a time.
  public static let chunkBytes = 64 * 1024
}
