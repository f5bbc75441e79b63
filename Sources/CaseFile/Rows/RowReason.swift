public import ExchangeRules

/// Why a row of a case file is not taken, apart from what the shared rules and the reading of written
/// values (``ReadingReason``) say: mistakes that files make.
///
/// Each has a stable word, a text and a remedy.
public enum RowReason: String, Sendable, Hashable, CaseIterable {
  case unclosedQuote
  case rowTooLong
  case tooManyCells
  case undecodable
  case extraCells
  case repeatedRow
  case failedFormula
  case formulaWithoutValue
  case mergedCell
  case noSuchDay
  case missing
  case textTooLong
  case dateInTheFuture
  case outOfRange
  case differsFromCitizenID
  case unknownDivision
  case notOurs
  case sameCounty
  case notForCategory
  case notForKind

  /// What is wrong.
  public var text: BilingualText { wording.text }

  /// What to do about it.
  public var remedy: BilingualText { wording.remedy }

  private struct Wording {
    var text: BilingualText
    var remedy: BilingualText

    init(_ chinese: String, _ english: String, remedy remedyChinese: String, _ remedy: String) {
      text = BilingualText(chinese: chinese, english: english)
      self.remedy = BilingualText(chinese: remedyChinese, english: remedy)
    }
  }

  private var wording: Wording {
    switch self {
    case .unclosedQuote, .rowTooLong, .tooManyCells, .undecodable, .extraCells, .repeatedRow:
      rowWording
    case .failedFormula, .formulaWithoutValue, .mergedCell, .noSuchDay: sheetWording
    default: cellWording
    }
  }

  private var rowWording: Wording {
    switch self {
    case .unclosedQuote:
      Wording(
        "引号没有成对", "a quote is not closed", remedy: "删除多余的引号或补上另一半",
        "remove the quote or close it")
    case .rowTooLong:
      Wording(
        "单元格或整行过长", "a cell or the row is too long", remedy: "缩短内容后重新导入",
        "shorten the content")
    case .tooManyCells:
      Wording(
        "单元格过多", "the row has too many cells", remedy: "删除多余的列", "remove the cells too many")
    case .undecodable:
      Wording(
        "含有无法识别的字符", "it holds bytes or characters that cannot be read",
        remedy: "重新输入该单元格，并另存为 CSV（UTF-8 或 GB18030）",
        "type the cell anew and save as CSV in UTF-8 or GB18030")
    case .extraCells:
      Wording(
        "单元格多于标题", "the row has more cells than there are headings",
        remedy: "内容含逗号的单元格须加引号；请检查各列是否错位",
        "quote cells that hold a comma; check that the columns have not shifted")
    default:
      Wording(
        "与前面的一行内容相同", "the row says the same as an earlier one",
        remedy: "删除重复行；确需再次协查的，填写不同的登记日期",
        "remove it; if it is asked anew, give it another date of entry")
    }
  }

  private var sheetWording: Wording {
    switch self {
    case .failedFormula:
      Wording(
        "公式出错", "the formula has failed", remedy: "在表格软件中更正公式，或直接填写该项",
        "mend the formula in the spreadsheet, or write the value")
    case .formulaWithoutValue:
      Wording(
        "公式没有保存计算结果", "the formula has no saved value", remedy: "在表格软件中打开并保存后重新导入",
        "open the file in a spreadsheet, save it and import it again")
    case .mergedCell:
      Wording(
        "单元格已被合并，内容只在左上角的单元格中", "the cell is merged into another one, which has the content",
        remedy: "取消合并单元格，逐行填写", "part the cells and fill in each row")
    default:
      Wording(
        "显示为日期的数字不是有效日期", "a number shown as a date is no date", remedy: "重新输入日期",
        "type the date anew")
    }
  }

  private var cellWording: Wording {
    switch self {
    case .missing:
      Wording("未填写", "nothing is written", remedy: "补填该项", "fill it in")
    case .textTooLong:
      Wording("内容过长", "the text is too long", remedy: "缩短内容", "shorten it")
    case .dateInTheFuture:
      Wording(
        "日期晚于今天", "the date lies in the future", remedy: "核对日期", "check the date")
    case .outOfRange:
      Wording("数值超出范围", "the number is out of range", remedy: "核对数值", "check the number")
    case .differsFromCitizenID:
      Wording(
        "与公民身份号码不一致", "it differs from what the citizen ID number says",
        remedy: "核对身份证，更正其中一项", "check with the card and correct the one that is wrong")
    default: placeWording
    }
  }

  private var placeWording: Wording {
    switch self {
    case .unknownDivision:
      Wording(
        "行政区划代码不存在", "there is no division with this code", remedy: "查区划代码表，填写现行代码",
        "look the code up in the table of divisions")
    case .notOurs:
      Wording(
        "现居住地和户籍地都不在本辖区", "neither address lies in the division that enters the row",
        remedy: "由居住地或户籍地所在的乡镇导入；如代码有误请更正",
        "let the township of one of the addresses import it, or correct the code")
    case .sameCounty:
      Wording(
        "现居住地与户籍地在同一县（市、区）", "both addresses lie in the same county",
        remedy: "县内流动不需跨县交换；如代码有误请更正",
        "within a county nothing is exchanged; correct the code if it is wrong")
    case .notForCategory:
      Wording(
        "该列不属于本行的信息类别", "the column does not belong to the row's category",
        remedy: "清空该单元格或更正信息类别", "empty the cell or correct the category")
    default:
      Wording(
        "该列不属于本行的信息类型", "the column does not belong to the row's kind",
        remedy: "清空该单元格或更正信息类型", "empty the cell or correct the kind")
    }
  }
}
