import ExchangeRules
import Testing

@Suite("One reading of what people and spreadsheets write (S6.7, S12.2)")
struct WrittenValueTests {
  /// A spelling and what is read of it, with what was changed; or the refusal's stable word.
  struct Row: Sendable, CustomTestStringConvertible {
    let written: String
    let expected: String
    let changed: [String]
    var testDescription: String { "\(written.debugDescription) → \(expected)" }

    init(_ written: String, _ expected: String, _ changed: String...) {
      self.written = written
      self.expected = expected
      self.changed = changed
    }

    /// Compares a reading, or its refusal, with what is expected.
    func checkReading<Value>(_ read: (String) throws(ReadingRefusal) -> Reading<Value>) {
      do throws(ReadingRefusal) {
        let reading = try read(written)
        #expect("\(reading.value)" == expected)
        #expect(Set(reading.changes.words) == Set(changed))
      } catch {
        #expect("refused: \(error.reason.rawValue)" == expected)
      }
    }
  }

  static let texts = [
    Row("王小红", "王小红"), Row("  王小红 ", "王小红", "blanks"), Row("　王小红　", "王小红", "blanks"),
    Row("=\"441702198001010000\"", "441702198001010000", "armour"), Row("'0662", "0662", "armour"),
    Row("\u{2019}0662", "0662", "armour"), Row("\u{FEFF}姓名", "姓名", "invisible"),
    Row("姓\u{200B}名\u{2060}", "姓名", "invisible"), Row("\u{202E}姓名\u{2066}", "姓名", "invisible"),
    Row("\t12\t", "12", "blanks"), Row("=\"\"", "", "armour"), Row("=1+1", "=1+1"), Row("", ""),
    Row("'", "", "armour"), Row("１２", "１２"), Row("a\u{A0}b", "a b", "blanks"),
    Row("e\u{301}", "\u{E9}", "composition"),
    // A variant of a character, and a joiner of an Arabic script, are part of the text.
    Row("葛\u{E0100}", "葛\u{E0100}"), Row("می\u{200C}خواهم", "می\u{200C}خواهم"),
  ]

  @Test("words: what stands around them is taken off, and nothing of them", arguments: texts)
  func text(row: Row) {
    row.checkReading({ written throws(ReadingRefusal) in WrittenText.read(written) })
  }

  static let numbers = [
    Row("441702105201", "441702105201"), Row("４４１７０２", "441702", "width"),
    Row("4417 0210 5201", "441702105201", "blanks"), Row("4417\u{A0}02", "441702", "blanks"),
    Row("441702105201.0", "441702105201", "wholeNumber"),
    Row("4.41702105201E+11", "441702105201", "wholeNumber"),
    Row("4.41702E+11", "refused: scientificNotation"),
    Row("4.4e17", "refused: scientificNotation"), Row("441702.5", "441702.5"),
    Row("440726199107031224.0", "440726199107031224.0"), Row("＇0662", "0662", "armour"),
  ]

  @Test(
    "codes: half width, no blanks, and no number that has lost digits (fault 9)", arguments: numbers
  )
  func number(row: Row) { row.checkReading(WrittenCode.number) }

  static let divisions = [
    Row("440306018", "440306018"), Row(" 440306018000", "440306018", "blanks"),
    Row("４４０３０６", "440306", "width"), Row("441702105201.0", "441702105201", "wholeNumber"),
    Row("4.41702105201E+11", "441702105201", "wholeNumber"),
    Row("4.41702E+11", "refused: scientificNotation"), Row("4417", "refused: notACode"),
    Row("西乡街道", "refused: notACode"), Row("-", "refused: notACode"), Row("", "refused: notACode"),
    Row("44030601８", "440306018", "width"), Row("\u{200B}440306018", "440306018", "invisible"),
  ]

  @Test("divisions (fault 9)", arguments: divisions)
  func division(row: Row) { row.checkReading(WrittenDivision.read) }

  static let telephones = [
    Row("13800000001", "13800000001"), Row("１３８００００００００１", "138000000001", "width"),
    Row("'13800000001", "13800000001", "armour"),
    Row("13800000001.0", "13800000001", "wholeNumber"),
    Row("1.3800000001E+10", "13800000001", "wholeNumber"),
    Row("1.38000000001E+10", "refused: scientificNotation"),
    Row("1.38E+10", "refused: scientificNotation"), Row("0755-00000001", "0755-00000001"),
    Row("0755－00000001", "0755-00000001", "width"), Row("0755—00000001", "0755-00000001", "width"),
    Row("138 0000 0001", "13800000001", "blanks"), Row("+86 13800000001", "+86 13800000001"),
    Row("13800000001（丈夫）、0755-1", "13800000001(丈夫)、0755-1", "width"),
    Row("0755-00000001转8", "0755-00000001转8"), Row("无", "", "nothing"), Row("/", "", "nothing"),
    Row("不详", "", "nothing"), Row("丈夫", "refused: notATelephone"),
    Row("12", "refused: notATelephone"),
    Row("", ""), Row("\u{2060}", "", "invisible"),
  ]

  @Test("telephones (fault 9)", arguments: telephones)
  func telephone(row: Row) { row.checkReading(WrittenTelephone.read) }

  static let names = [
    Row("王小红", "王小红"), Row("周　试", "周试", "blanks"), Row("周 试", "周试", "blanks"),
    Row("阿依古丽·买买提", "阿依古丽·买买提"), Row("阿依古丽•买买提", "阿依古丽·买买提", "lookAlike"),
    Row("阿依古丽・买买提", "阿依古丽·买买提", "lookAlike"), Row("阿依古丽.买买提", "阿依古丽·买买提", "lookAlike"),
    Row("阿依古丽 · 买买提", "阿依古丽·买买提", "blanks"), Row("Anna  Maria", "Anna Maria", "blanks"),
    Row("J. R. Smith", "J. R. Smith"), Row("王\u{200B}芳", "王芳", "invisible"),
    Row("葛\u{E0100}芳", "葛\u{E0100}芳"), Row("བསོད་ནམས", "བསོད་ནམས"), Row("گۈلنار", "گۈلنار"),
    Row("-", "refused: notAName"), Row("不详", "refused: notAName"), Row("？", "refused: notAName"),
    Row("", ""),
  ]

  @Test("names (fault 11)", arguments: names)
  func name(row: Row) { row.checkReading(WrittenName.read) }

  @Test(
    "S12.3: two spellings of one name have one key, in any script (fault 11)",
    arguments: [
      ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽・买买提", "阿依古丽.买买提", "阿依古丽买买提", "阿依古丽 买买提"],
      ["周试", "周　试", "周 试", "周\u{200B}试"], ["Anna Maria", "ANNA-MARIA", "ａｎｎａ　ｍａｒｉａ", "annamaria"],
      ["José", "JOSE\u{301}"], ["بىرىنچى ئىسىم", "بىرىنچىئىسىم"],
    ])
  func key(spellings: [String]) {
    #expect(Set(spellings.map { Array(WrittenName.key($0).utf8) }).count == 1)
  }

  @Test("two characters that change places are seen, anything else is not")
  func transposed() {
    #expect(WrittenName.isTransposed("王样例", "王例样"))
    #expect(WrittenName.isTransposed("王样例", "例样王"))
    #expect(!WrittenName.isTransposed("王样例", "王样例"))
    #expect(!WrittenName.isTransposed("王样例", "样例王"))
    #expect(!WrittenName.isTransposed("王样例", "王样"))
  }

  @Test(
    "S6.3, S6.7, G2: what says nothing is known in every disguise (fault 14)",
    arguments: [
      ("", true), (" 　\u{A0}", true), ("\u{200B}", true), ("\u{2060}", true), ("\u{FEFF}", true),
      ("\u{3164}", true), ("\u{2800}", true), ("\u{E0020}", true), ("\u{AD}\u{202E}", true),
      (".", true), ("。", true), ("——", true), ("/", true), ("不详", true), ("（不详）", true),
      ("同上。", true), ("无", true), ("N/A", true), ("已迁出", false), ("1", false), ("无此人", false),
      ("核对", false),
    ])
  func nothing(text: String, isNothing: Bool) {
    #expect(text.saysNothing == isNothing)
  }

  @Test(
    "S6.7: an address that ends at the township, or says nothing, is not detailed (fault 10)",
    arguments: [
      ("西乡街道", true), ("阳江市江城区闸坡镇", true), ("广东省深圳市宝安区西乡街道办事处", true), ("同上", true),
      ("不详", true), ("-", true), ("深圳市", true), ("新疆维吾尔自治区喀什地区", true),
      ("深圳市宝安区西乡街道示例路1号", false), ("阳江市江城区闸坡镇样例201村1号", false), ("样例村", false),
      ("三组", false), ("科技园路1号", false), ("西乡街道示例社区", false), ("宝安区样例小区", false),
      ("阳光花园3栋", false), ("镇南路8号", false), ("城中区市场路2号", false), ("Road 1", false),
    ])
  func address(text: String, isVague: Bool) {
    #expect(WrittenAddress.isVague(text) == isVague)
  }

  @Test(
    "amounts and counts",
    arguments: [
      Row("1,234.5", "123450"), Row("¥1234.50元", "123450"), Row("￥１２３４．５", "123450", "width"),
      Row("12", "1200"), Row("1.234", "refused: notAnAmount"), Row("一千", "refused: notAnAmount"),
      Row("1.2E+3", "refused: scientificNotation"),
    ])
  func amount(row: Row) { row.checkReading(WrittenAmount.fen) }

  @Test(
    "counts",
    arguments: [
      Row("2", "2"), Row("2.0", "2", "wholeNumber"), Row("２", "2", "width"),
      Row("一", "refused: notANumber"), Row("-1", "refused: notANumber"),
      Row("2.5", "refused: notANumber"),
    ])
  func count(row: Row) { row.checkReading(WrittenAmount.count) }

  @Test(
    "choices: yes and no (fault 13)",
    arguments: [
      Row("是", "true"), Row("√", "true"), Row("✓", "true"), Row("✔", "true"),
      Row("Ｙ", "true", "width"),
      Row(" 否", "false", "blanks"), Row("×", "false"), Row("✗", "false"), Row("无", "false"),
      Row("/", "refused: unknownValue"), Row("-", "refused: unknownValue"),
      Row("未婚", "refused: unknownValue"),
    ])
  func yesNo(row: Row) { row.checkReading(WrittenChoice.yesNo.read) }

  @Test("a refusal names the choices, and what to do, in both languages (fault 13)")
  func refusals() throws {
    let refusal = #expect(throws: ReadingRefusal.self) { try WrittenChoice.yesNo.read("/") }
    #expect(refusal?.choices == ["是", "否"])
    #expect(refusal?.remedy.chinese == "填写其中之一：是、否")
    #expect(refusal?.remedy.english == "write one of: 是, 否")
    for reason in ReadingReason.allCases {
      for language in Language.allCases {
        #expect(!reason.text[language].isEmpty && !reason.remedy[language].isEmpty)
      }
    }
  }
}
