/// The reading of an address, and whether it is detailed enough to find somebody at (S6.7).
public enum WrittenAddress {
  /// Whether nobody could be found at an address: it says nothing (不详, 同上, -), or it names
  /// divisions down to the township or street office and nothing below.
  public static func isVague(_ text: some StringProtocol) -> Bool {
    if WrittenText.saysNothing(text) { return true }
    // Most addresses end with a number, which no division's name does.
    guard let last = text.unicodeScalars.last(where: WrittenScalar.isWord), ends.contains(last)
    else { return false }
    return !rest(of: text).contains { $0.unicodeScalars.contains(where: WrittenScalar.isWord) }
  }

  /// What stands behind the names of provinces, cities, counties and townships at the start.
  private static func rest(of text: some StringProtocol) -> ArraySlice<Character> {
    var rest = Array(text)[...]
    while let end = endOfDivision(in: rest) { rest = rest[end...] }
    return rest
  }

  private static func endOfDivision(in text: ArraySlice<Character>) -> Int? {
    for index in text.indices where index > text.startIndex {
      let name = text[text.startIndex...index]
      if details.contains(where: { name.count > $0.count && ends(name, with: $0) }) { return nil }
      guard suffixes.contains(where: { name.count > $0.count && ends(name, with: $0) }) else {
        if detailSigns.contains(text[index]) { return nil }
        continue
      }
      let after = text[(index + 1)...]
      // 西乡 is the beginning of 西乡街道 and no township of its own.
      if suffixes.contains(where: after.starts) { continue }
      let office = ["办事处", "办", "人民政府"].first { after.starts(with: $0) && $0.count > 0 }
      let isWhole = office.map { after.count == $0.count } ?? false
      return index + 1 + (isWhole ? office?.count ?? 0 : 0)
    }
    return nil
  }

  private static func ends(_ name: ArraySlice<Character>, with suffix: String) -> Bool {
    name.suffix(suffix.count).elementsEqual(suffix)
  }

  /// What names of divisions end with, down to the township.
  private static let suffixes = [
    "省", "自治区", "市", "盟", "自治州", "地区", "区", "县", "旗", "镇", "乡", "街道", "苏木",
  ]
  /// The last characters of these, and of an office.
  private static let ends: Set<Unicode.Scalar> = [
    "省", "区", "市", "盟", "州", "县", "旗", "镇", "乡", "道", "木", "处", "办", "府",
  ]
  /// Names that end like a division and are a place within one.
  private static let details = [
    "小区", "社区", "园区", "厂区", "校区", "工业区", "生活区", "宿舍区", "家属区", "住宅区", "商住区",
    "超市", "集市", "门市", "菜市", "夜市", "花市",
  ]
  /// A name of a division has none of these before its end.
  private static let detailSigns: Set<Character> = [
    "号", "栋", "幢", "楼", "室", "村", "组", "队", "屯", "巷", "弄", "路", "0", "1", "2", "3", "4", "5", "6",
    "7", "8", "9",
  ]
}
