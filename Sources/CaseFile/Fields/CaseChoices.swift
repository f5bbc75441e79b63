import ExchangeRules

/// The choices of a case file's columns, with the words that offices write for each; the first is
/// the one that messages show.
enum CaseChoices {
  /// S4.
  static let kinds = WrittenChoice<ItemKind>([
    (.assistRequest, ["协查", "协查请求", "协查信息", "查询", "1", "assist", "assistrequest"]),
    (
      .serviceNotice,
      ["服务管理信息", "通报", "通报信息", "服务管理", "2", "notice", "servicenotice"]
    ),
  ])

  /// S3: by number, word or name, the name also without the words that all have.
  static func category(
    _ written: String
  ) throws(ReadingRefusal) -> Reading<ExchangeRules.Category> {
    let code = WrittenCode.read(written)
    let word = code.value.lowercased()
    func short(_ name: String) -> String {
      name.replacing("信息", with: "").replacing("流动人口", with: "").replacing("服务", with: "")
    }
    let found = ExchangeRules.Category.allCases.first { category in
      String(category.rawValue) == word || category.word.lowercased() == word
        || short(category.label.chinese) == short(word)
    }
    guard let found else {
      throw ReadingRefusal(
        .unknownValue,
        choices: ExchangeRules.Category.allCases.map { "\($0.rawValue) \($0.label.chinese)" })
    }
    return Reading(found, changes: code.changes)
  }

  /// Whether she is pregnant now; how long she has been (孕3个月) says that she is.
  static func pregnant(_ written: String) throws(ReadingRefusal) -> Reading<Bool> {
    do throws(ReadingRefusal) {
      return try WrittenChoice.pregnant.read(written)
    } catch {
      let code = WrittenCode.read(written)
      let months = code.value.drop { "现已怀孕约".contains($0) }
      guard code.value.contains("孕"), months.first?.isNumber == true,
        ["月", "周", "天", "个月"].contains(where: months.hasSuffix)
      else { throw error }
      return Reading(true, changes: code.changes)
    }
  }

  static let sexes = WrittenChoice<Sex>([
    (.female, ["女", "女性", "2", "f", "female"]),
    (.male, ["男", "男性", "1", "m", "male"]),
    (.unknown, ["未知", "不详", "0", "9", "unknown"]),
  ])

  /// The vendors' dictionary JS1051 (1 有证, 2 没有证) and what offices write.
  static let certificates = WrittenChoice<CertificateStatus>([
    (.valid, ["有证", "有", "持证", "已持证", "持有", "持有效证明", "有效", "1", "valid", "yes"]),
    (.none, ["没有证", "无证", "无", "没有", "未持证", "未持有", "2", "none", "no"]),
    (
      .nonConforming,
      ["不规范", "证明不规范", "证件不规范", "过期", "已过期", "失效", "3", "nonconforming", "non-conforming"]
    ),
    (.unknown, ["不详", "未知", "0", "unknown"]),
  ])

  /// The vendors' dictionary JS1018; a spreadsheet takes the zeros off its codes.
  ///
  /// Long-acting are sterilisation, the intrauterine device and the implant.
  static let contraceptions = WrittenChoice<Contraception>([
    (
      .longActing,
      [
        "长效", "长效避孕措施", "男扎", "女扎", "结扎", "上环", "放环", "皮埋", "宫内节育器", "输卵管结扎",
        "输精管结扎", "皮下埋植", "宫型含铜", "iud", "001", "002", "003", "007", "009", "010", "011",
        "1", "2", "3", "7", "9", "10", "11", "longacting", "long-acting",
      ]
    ),
    (
      .other,
      [
        "其他", "其他避孕措施", "其他避孕法", "避孕套", "安全套", "服药", "服注药", "口服药", "外用药", "药具",
        "004", "005", "006", "012", "4", "5", "6", "12", "other",
      ]
    ),
    (.none, ["未避孕", "无", "没有", "未采取", "未落实", "008", "8", "none"]),
    (.unknown, ["不详", "未知", "unknown"]),
  ])
}
