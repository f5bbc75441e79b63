import CaseFile
import TestSupport
import Testing

@Suite("CSV files split into records as RFC 4180 and spreadsheets write them")
struct CSVParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var records: [[String]]
    var testDescription: String { text.debugDescription }
  }

  static let cases: [Case] = [
    Case(text: "", records: []),
    Case(text: "a,b\r\nc,d\r\n", records: [["a", "b"], ["c", "d"]]),
    Case(text: "a,b\nc,d", records: [["a", "b"], ["c", "d"]]),
    Case(text: "a,b\rc,d\r", records: [["a", "b"], ["c", "d"]]),
    Case(text: "a,,\n", records: [["a", "", ""]]),
    Case(text: "\"a,b\",\"say \"\"yes\"\"\"\n", records: [["a,b", "say \"yes\""]]),
    Case(text: "\"two\r\nlines\",x\n", records: [["two\r\nlines", "x"]]),
    Case(text: "=\"4417\",x\n", records: [["=\"4417\"", "x"]]),
    Case(text: "\"=\"\"4417\"\"\",x\n", records: [["=\"4417\"", "x"]]),
    Case(text: "\"a\"b,c\n", records: [["ab", "c"]]),
    Case(text: "姓名,备注\n王,无\n", records: [["姓名", "备注"], ["王", "无"]]),
    Case(text: "a\n\nb\n", records: [["a"], [""], ["b"]]),
  ]

  @Test("each text gives its records, also when it arrives in two halves", arguments: cases)
  func records(of testCase: Case) {
    let bytes = Array(testCase.text.utf8)
    for split in 0...bytes.count {
      let records = CSVParserTests.parse([bytes[..<split], bytes[split...]])
      #expect(records.map(CSVParserTests.text) == testCase.records, "split at \(split)")
    }
  }

  @Test(
    "a file whose every line leaves a quote open takes time in its length, not its square",
    .timeLimit(.minutes(1)))
  func openQuotes() {
    let line = Array("x\",\"\n".utf8)
    let count = 20_000
    let records = CSVParserTests.parse([Array(Array(repeating: line, count: count).joined())[...]])
    #expect(records.count == count)
    #expect(records.map(\.line) == Array(1...count))
    #expect(records.allSatisfy { $0.problem == .unclosedQuote })
  }

  @Test("a record may have as many lines as the limit says")
  func linesOfOneRecord() {
    let inside = String(repeating: "\n", count: CaseFileLimits.linesPerRecord - 1)
    let records = CSVParserTests.parse([Array("\"a\(inside)b\",c\nd".utf8)[...]])
    #expect(records.map(CSVParserTests.text) == [["a\(inside)b", "c"], ["d"]])
  }

  @Test("each record knows the line it starts on")
  func lines() {
    let text = "a\r\n\"b\nb\"\n\nc"
    #expect(CSVParserTests.parse([Array(text.utf8)[...]]).map(\.line) == [1, 2, 4, 5])
  }

  @Test("a quote that is never closed costs its line, not the rest of the file")
  func unclosedQuote() {
    let text = "a,b\nc,\"d\ne,f\ng,h\n"
    let records = CSVParserTests.parse([Array(text.utf8)[...]])
    #expect(
      records.map(CSVParserTests.text) == [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]])
    #expect(records.map(\.problem) == [nil, .unclosedQuote, nil, nil])
    #expect(records.map(\.line) == [1, 2, 3, 4])
  }

  @Test("a cell, a record and a number of cells beyond the limits are refused, and parsing goes on")
  func limits() {
    let longCell = String(repeating: "x", count: CaseFileLimits.cellBytes + 1)
    let manyCells = String(repeating: "y,", count: CaseFileLimits.cellsPerRecord + 1)
    let longLine = String(repeating: "yyy,", count: CaseFileLimits.recordBytes)
    let endless = "\"" + String(repeating: "z", count: CaseFileLimits.recordBytes * 2)
    let text = "\(longCell)\n\(manyCells)\n\(longLine)\n\(endless)\nok\n"
    let records = CSVParserTests.parse([Array(text.utf8)[...]])
    #expect(records.map(\.line) == [1, 2, 3, 4, 5])
    #expect(records.map(\.problem) == [.tooLong, .tooManyCells, .tooLong, .unclosedQuote, nil])
    #expect(records.allSatisfy { $0.cells.count <= CaseFileLimits.cellsPerRecord })
  }

  @Test("seeded noise never traps, loses no clean line behind it, and does not depend on the split")
  func fuzz() {
    var random = SeededNumbers(seed: 0x5EED)
    let alphabet: [UInt8] = [0x22, 0x2C, 0x0A, 0x0D, 0x61, 0x3D, 0xE5, 0x81, 0x30, 0x00]
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...60, using: &random)
      let bytes = (0..<count).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let whole = CSVParserTests.parse([bytes[...]])
      let split = Int.random(in: 0...count, using: &random)
      #expect(CSVParserTests.parse([bytes[..<split], bytes[split...]]) == whole)
      #expect(whole.map(\.line) == whole.map(\.line).sorted())
      // An even number of quotes in front leaves no cell open over the line that follows.
      let closed = bytes.filter { $0 != 0x22 } + Array("\nlast,line\n".utf8)
      #expect(
        CSVParserTests.parse([closed[...]]).last.map(CSVParserTests.text) == ["last", "line"])
    }
  }

  static func parse(_ pieces: [ArraySlice<UInt8>]) -> [FileRecord] {
    var parser = CSVParser()
    var records: [FileRecord] = []
    for piece in pieces { parser.feed(piece) { records.append($0) } }
    parser.finish { records.append($0) }
    return records
  }

  static func text(_ record: FileRecord) -> [String] {
    record.cells.map { String(decoding: $0, as: UTF8.self) }
  }
}
