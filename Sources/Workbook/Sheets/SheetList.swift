/// The sheets that a workbook names, and from when it counts days.
final class SheetList: MarkupTaker {
  struct Entry {
    var name: String
    var isHidden: Bool
    /// The link to its part.
    var link: String
  }

  private(set) var entries: [Entry] = []
  private(set) var countsFrom1904 = false
  private(set) var isWorkbook = false

  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws(WorkbookFailure) {
    if name == "workbook" {
      isWorkbook = true
    } else if name == "workbookPr" {
      countsFrom1904 = attributes.flag(of: "date1904")
    } else if name == "sheet" {
      let state = attributes.text(of: "state") ?? "visible"
      entries.append(
        Entry(
          name: attributes.text(of: "name") ?? "", isHidden: state != "visible",
          link: attributes.text(of: "id") ?? ""))
      if entries.count > WorkbookLimits.sheets { throw WorkbookFailure(.tooLarge, "sheets") }
    }
  }
}
