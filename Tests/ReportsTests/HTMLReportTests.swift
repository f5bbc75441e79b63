import CExpat
import ExchangeRules
import Reports
import Testing

@Suite("A page for browsers and printers")
struct HTMLReportTests {
  /// What an XML parser sees of a page: the names of its elements, and all text.
  private final class Seen {
    var elements: [String] = []
    var attributes: [String: [String]] = [:]
    var text: [UInt8] = []
  }

  private static func read(_ report: Report) throws -> Seen {
    let bytes = try ReportFormat.html.bytes(of: report)
    let seen = Seen()
    let parser = try #require(XML_ParserCreate("UTF-8"))
    defer { XML_ParserFree(parser) }
    XML_SetUserData(parser, Unmanaged.passUnretained(seen).toOpaque())
    XML_SetElementHandler(
      parser,
      { seen, name, attributes in
        guard let seen, let name, var place = attributes else { return }
        let found = Unmanaged<Seen>.fromOpaque(seen).takeUnretainedValue()
        found.elements.append(String(cString: name))
        while let key = place[0], let value = place[1] {
          found.attributes[String(cString: key), default: []].append(String(cString: value))
          place += 2
        }
      }, nil)
    XML_SetCharacterDataHandler(parser) { seen, bytes, count in
      guard let seen, let bytes else { return }
      let found = Unmanaged<Seen>.fromOpaque(seen).takeUnretainedValue()
      found.text += UnsafeBufferPointer(start: bytes, count: Int(count)).map(UInt8.init)
    }
    let status = bytes.withUnsafeBytes {
      XML_Parse(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count), 1)
    }
    #expect(status == XML_STATUS_OK, "line \(XML_GetCurrentLineNumber(parser))")
    return seen
  }

  private static func full(name: String = "宝安区") throws -> Report {
    var report = try Samples.report(missing: 2, name: name)
    report.days = [
      try Samples.figures(asked: 4, fedBack: 1), try Samples.figures(asked: 9, fedBack: 3),
    ]
    report.cycles = report.days
    return report.report(in: .chinese, made: Samples.made)
  }

  @Test("It is well-formed, runs nothing and fetches nothing")
  func selfContained() throws {
    for report in [
      try Self.full(), try Samples.ranking().report(in: .english, of: "Guangdong", made: 0),
    ] {
      let seen = try Self.read(report)
      #expect(seen.elements.count > 100)
      for element in ["script", "link", "img", "iframe", "object", "image", "use", "a"] {
        #expect(!seen.elements.contains(element))
      }
      for attribute in ["src", "href", "xlink:href", "style", "onload"] {
        #expect(seen.attributes[attribute] == nil)
      }
      let page = String(decoding: try ReportFormat.html.bytes(of: report), as: UTF8.self)
      #expect(page.contains("default-src &#39;none&#39;"))
      #expect(!page.contains("@import") && !page.contains("url(http"))
      // What stands in a style is not unescaped by a browser.
      let style = try #require(page.split(separator: "<style>").last?.split(separator: "</").first)
      #expect(!style.contains("&"))
    }
  }

  @Test("A hostile name is text, in the table and in the charts")
  func hostile() throws {
    let seen = try Self.read(try Self.full(name: Samples.hostile))
    #expect(!seen.elements.contains("script"))
    let text = String(decoding: seen.text, as: UTF8.self)
    #expect(text.split(separator: "<script>alert(1)</script>&\"' [2J =1+1").count == 3)
  }

  @Test("Each chart is there, and every fill that is named is defined")
  func charts() throws {
    let seen = try Self.read(try Self.full())
    #expect(seen.elements.count { $0 == "figure" } == 3)
    let defined = Set((seen.attributes["id"] ?? []).map { "url(#\($0))" })
    let named = Set((seen.attributes["fill"] ?? []).filter { $0.hasPrefix("url") })
    #expect(!named.isEmpty && named.isSubset(of: defined))
    let text = String(decoding: seen.text, as: UTF8.self)
    for part in ["94.9% ▼", "95%", "27日截止反馈", "⚠ 各项之和与总数不符"] { #expect(text.contains(part)) }
  }

  @Test("No drawing is longer than a printed page, whatever the number of rows")
  func pages() {
    let bars = (0..<100).map { BarChart.Bar("\($0)", parts: [$0], text: "") }
    #expect(BarChart(title: "", legend: [""], bars: bars).drawings.count == 5)
    #expect(BarChart(title: "", legend: [""], bars: []).drawings.isEmpty)
    let extremes = [BarChart.Bar("", parts: [.max, .max, -1], text: "")]
    #expect(BarChart(title: "", legend: [""], bars: extremes).drawings.count == 1)
  }
}
