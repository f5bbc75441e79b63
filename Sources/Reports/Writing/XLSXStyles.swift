internal import CXlsxWriter

/// The looks of a workbook's cells.
struct XLSXStyles {
  typealias Format = UnsafeMutablePointer<lxw_format>?

  let title: Format
  let plain: Format
  let complaint: Format
  let heading: Format
  private let parts: Cells
  private let totals: Cells

  /// The format of cells that are text, whatever is typed into them.
  private static let text = "@"

  private struct Cells {
    let text, number, points, date, share: Format

    init(_ make: (String) -> Format) {
      text = make(XLSXStyles.text)
      number = make("0")
      points = make("0.00")
      date = make("yyyy-mm-dd")
      share = make("0.0%")
    }
  }

  init(of book: UnsafeMutablePointer<lxw_workbook>) {
    func format(_ size: Double = 11) -> Format {
      let format = workbook_add_format(book)
      // The font of Chinese office documents; a program without it takes one that has the characters.
      format_set_font_name(format, "宋体")
      format_set_font_size(format, size)
      return format
    }
    title = format(16)
    format_set_bold(title)
    plain = format()
    complaint = format()
    format_set_bold(complaint)
    heading = format()
    format_set_bold(heading)
    format_set_text_wrap(heading)
    format_set_border(heading, UInt8(LXW_BORDER_THIN.rawValue))
    format_set_align(heading, UInt8(LXW_ALIGN_CENTER.rawValue))
    format_set_align(heading, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
    format_set_bg_color(heading, 0xE6E6E6)
    func cell(_ number: String, isBold: Bool) -> Format {
      let cell = format()
      format_set_border(cell, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_align(cell, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
      format_set_num_format(cell, number)
      if isBold { format_set_bold(cell) }
      if number == XLSXStyles.text { format_set_indent(cell, 1) }
      return cell
    }
    parts = Cells { cell($0, isBold: false) }
    totals = Cells { cell($0, isBold: true) }
  }

  func format(of cell: ReportCell, isTotal: Bool) -> Format {
    let cells = isTotal ? totals : parts
    switch cell {
    case .text, .identity, .missing: return cells.text
    case .number: return cells.number
    case .points: return cells.points
    case .date: return cells.date
    case .share: return cells.share
    }
  }
}
