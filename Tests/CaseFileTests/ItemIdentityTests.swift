import CaseFile
import ExchangeRules
import Testing

@Suite("The id of an imported item: the same row is the same item")
struct ItemIdentityTests {
  static func id(_ cells: KeyValuePairs<String, String> = [:]) throws -> [UInt8] {
    try #require(CaseText.entries(CaseText(cells).gb18030).rows.first).id
  }

  @Test("it is a UUIDv7 whose time is the day of entry, midnight in China")
  func form() throws {
    let id = try ItemIdentityTests.id(["登记日期": "2025-3-1"])
    #expect(id.count == 16)
    #expect(id[6] >> 4 == 7 && id[8] >> 6 == 2)
    let milliseconds = id.prefix(6).reduce(0) { $0 << 8 | Int64($1) }
    #expect(milliseconds == 1_740_758_400_000)  // 2025-02-28T16:00:00Z
  }

  @Test("it was computed by another program from the description alone")
  func knownAnswer() throws {
    let id = try ItemIdentityTests.id(["登记日期": "2025-3-1", "备注": "随夫"])
    #expect(id == ItemIdentityTests.knownAnswer)
  }

  @Test("how cells are formatted makes no difference")
  func formatting() throws {
    let plain = try ItemIdentityTests.id(["登记日期": "2025-3-1", "出生日期": "1991-7-3", "现孕": "否"])
    let other = try ItemIdentityTests.id([
      "登记日期": "2025年03月01日", "公民身份号码": "=\"\(CaseText.number)\"", "现居住地编码": "'４４０３０６０１８",
      "性别": "女", "姓名": " 王样例　",
    ])
    #expect(plain == other)
  }

  @Test("every change of content and every other day of entry is another item")
  func differences() throws {
    let changes: [KeyValuePairs<String, String>] = [
      [:], ["姓名": "王样品"], ["备注": "x"], ["现孕": "是"], ["登记日期": "2025-3-1"],
      ["登记日期": "2025-3-2"], ["协查项目": "1"], ["信息类别": "10", "决定书编号": "1"],
      ["信息类别": "10", "决定书编号": "1", "已交金额": "1"],
      ["信息类别": "10", "决定书编号": "1", "已交金额": "1.01"], ["现居住地地址": "西乡街道示例路2号"],
      ["联系电话": "0755-00000001"],
    ]
    let ids = try changes.map { try ItemIdentityTests.id($0) }
    #expect(Set(ids).count == changes.count)
  }

  static let knownAnswer: [UInt8] = [
    0x01, 0x95, 0x4D, 0x49, 0x3C, 0x00, 0x72, 0x33, 0xB7, 0xFE, 0xB4, 0x3A, 0x69, 0xF7, 0x20, 0x0F,
  ]
}
