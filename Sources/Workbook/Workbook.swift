/// A workbook (XLSX or XLSM, ECMA-376), read row by row.
///
/// It holds the texts that the cells share, and one piece of a sheet at a time. Not for use from
/// several tasks at once.
public final class Workbook {
  /// A sheet, in the order of the tabs.
  public struct Sheet: Sendable, Hashable {
    /// The name on its tab.
    public var name: String
    /// Whether the workbook hides it, as it does with lists of choices.
    public var isHidden: Bool
    let part: String
  }

  /// The sheets; charts are none.
  public let sheets: [Sheet]

  private let archive: ZipArchive
  private let countsFrom1904: Bool
  private let texts: SharedTexts
  private let formats: NumberFormats

  /// Opens a file, and reads what its sheets share.
  public init(path: String) throws(WorkbookFailure) {
    archive = try ZipArchive(path: path)
    let package = "_rels/.rels"
    guard archive.has(package) else { throw WorkbookFailure(.otherFormat, package) }
    let root = try PartLinks.read(package, of: archive, from: "")
    guard let main = root.first(ofKind: "officeDocument"), main.lowercased().hasSuffix(".xml")
    else { throw WorkbookFailure(.otherFormat, package) }
    let list = SheetList()
    try MarkupReader(archive.part(main), for: list).run()
    guard list.isWorkbook else { throw WorkbookFailure(.otherFormat, main) }
    let links = try PartLinks.read(PartLinks.part(of: main), of: archive, from: main)
    sheets = list.entries.compactMap { entry in
      links.target(of: entry.link, kind: "worksheet").map {
        Sheet(name: entry.name, isHidden: entry.isHidden, part: $0)
      }
    }
    countsFrom1904 = list.countsFrom1904
    texts = SharedTexts()
    if let part = links.first(ofKind: "sharedStrings"), archive.has(part) {
      try MarkupReader(archive.part(part), for: texts).run()
    }
    formats = NumberFormats()
    if let part = links.first(ofKind: "styles"), archive.has(part) {
      try MarkupReader(archive.part(part), for: formats).run()
    }
  }

  /// The sheets that are shown and hold anything; programs add empty ones by themselves.
  public func visibleSheets() throws(WorkbookFailure) -> [Sheet] {
    var visible: [Sheet] = []
    for sheet in sheets where !sheet.isHidden {
      if try rows(of: sheet, merged: []).next() != nil { visible.append(sheet) }
    }
    return visible
  }

  /// The rows of a sheet, from the first.
  public func rows(of sheet: Sheet) throws(WorkbookFailure) -> SheetRows {
    let merged = MergedAreas.Search()
    if try MergedAreas.areMentioned(in: archive.part(sheet.part)) {
      try MarkupReader(archive.part(sheet.part), for: merged).run()
    }
    return try rows(of: sheet, merged: merged.areas)
  }

  private func rows(
    of sheet: Sheet, merged: [MergedAreas.Area]
  ) throws(WorkbookFailure) -> SheetRows {
    let taker = SheetTaker(
      texts: texts, formats: formats, countsFrom1904: countsFrom1904, merged: MergedAreas(merged))
    return SheetRows(try MarkupReader(archive.part(sheet.part), for: taker), taker)
  }
}

/// The rows of a sheet, read as they are asked for.
public final class SheetRows {
  private let reader: MarkupReader
  private let taker: SheetTaker
  private var waiting: ArraySlice<SheetRow> = []
  private var isOver = false

  init(_ reader: MarkupReader, _ taker: SheetTaker) {
    self.reader = reader
    self.taker = taker
  }

  /// The next row that holds anything; nil at the end.
  public func next() throws(WorkbookFailure) -> SheetRow? {
    while waiting.isEmpty {
      if isOver { return nil }
      isOver = try !reader.step()
      waiting = taker.taken()[...]
    }
    return waiting.removeFirst()
  }
}
