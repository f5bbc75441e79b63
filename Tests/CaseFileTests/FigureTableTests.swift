import CaseFile
import ExchangeRules
import ReferenceData
import Testing

@Suite("Tables of figures, and values of a record as people write them (S11, S3)")
struct FigureTableTests {
  private static func table(_ bytes: [UInt8]) throws -> FigureTable {
    var pieces = [bytes]
    return try FigureTable { () throws(CaseFileFailure) -> [UInt8] in pieces.popLast() ?? [] }
  }

  @Test("headings and rows, blank lines left out, short rows filled")
  func rows() throws {
    let table = try Self.table(Array("单位,一孩\n\n 甲乡 , 46\n乙乡\n".utf8))
    #expect(table.headings == ["单位", "一孩"])
    #expect(table.rows.map(\.line) == [3, 4])
    #expect(table.rows.map(\.cells) == [["甲乡", "46"], ["乙乡", ""]])
    #expect(throws: CaseFileFailure.self) { try Self.table([]) }
  }

  @Test("GB18030, as Chinese spreadsheets write it")
  func gb18030() throws {
    // 一孩 and 二孩.
    let table = try Self.table([0xD2, 0xBB, 0xBA, 0xA2, 0x2C, 0xB6, 0xFE, 0xBA, 0xA2, 0x0A, 0x31])
    #expect(table.headings == ["一孩", "二孩"])
    #expect(table.rows.map(\.cells) == [["1", ""]])
  }

  static let cells: [(String, RecordFieldType, RecordFieldValue?)] = [
    ("初婚", .code(table: "marital_status"), .code("21")),
    ("２１", .code(table: "marital_status"), .code("21")),
    ("再再婚", .code(table: "marital_status"), nil),
    ("2015.6.1", .date, .date(2015_06_01)), ("31 June", .date, nil),
    ("¥1,234.5", .money, .money(123_450)), ("-1", .money, nil),
    ("是", .flag, .flag(true)), ("3", .count(0...20), .count(3)),
    ("440306018", .division, .text("440306018")),
    ("1、2", .numbers(1...15, maxCount: 15), nil),
  ]

  @Test("a value of its field's type, or none", arguments: cells)
  func value(written: String, type: RecordFieldType, expected: RecordFieldValue?) {
    let read = try? RecordCell.read(written, of: type, named: "value", tables: .national).value
    #expect(read == expected)
  }
}
