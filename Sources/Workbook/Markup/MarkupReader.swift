internal import CExpat

/// Takes the elements of a part as they come.
protocol MarkupTaker: AnyObject {
  func start(_ name: MarkupName, _ attributes: MarkupAttributes) throws(WorkbookFailure)
  func end(_ name: MarkupName) throws(WorkbookFailure)
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookFailure)
}

extension MarkupTaker {
  func end(_ name: MarkupName) throws(WorkbookFailure) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookFailure) {}
}

/// Reads a part of a workbook as XML, by expat, piece by piece.
///
/// A document type ends it: no workbook has one, and entities can do harm.
final class MarkupReader {
  private let part: ZipPart
  private let parser: XML_Parser
  private let hands: Hands

  /// What the callbacks of the C library find.
  private final class Hands {
    let taker: any MarkupTaker
    let parser: XML_Parser
    var failure: WorkbookFailure?

    init(taker: any MarkupTaker, parser: XML_Parser) {
      self.taker = taker
      self.parser = parser
    }

    /// Does something unless the reading has failed, and ends it where that fails.
    func hand(_ step: (any MarkupTaker) throws(WorkbookFailure) -> Void) {
      guard failure == nil else { return }
      do throws(WorkbookFailure) {
        try step(taker)
      } catch {
        failure = error
        XML_StopParser(parser, XML_Bool(XML_FALSE))
      }
    }

    static func of(_ data: UnsafeMutableRawPointer?) -> Hands? {
      data.map { Unmanaged<Hands>.fromOpaque($0).takeUnretainedValue() }
    }
  }

  init(_ part: ZipPart, for taker: any MarkupTaker) throws(WorkbookFailure) {
    guard let parser = XML_ParserCreate(nil) else {
      throw WorkbookFailure(.unreadable, "no memory")
    }
    self.part = part
    self.parser = parser
    hands = Hands(taker: taker, parser: parser)
    // Unretained: the reader keeps the hands, and the parser lives no longer than the reader.
    XML_SetUserData(parser, Unmanaged.passUnretained(hands).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let name else { return }
        Hands.of(data)?.hand { taker throws(WorkbookFailure) in
          try taker.start(MarkupName(name), MarkupAttributes(attributes))
        }
      },
      { data, name in
        guard let name else { return }
        Hands.of(data)?.hand { taker throws(WorkbookFailure) in
          try taker.end(MarkupName(name))
        }
      })
    XML_SetCharacterDataHandler(parser) { data, bytes, count in
      bytes?.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
        Hands.of(data)?.hand { taker throws(WorkbookFailure) in
          try taker.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      Hands.of(data)?.hand { _ throws(WorkbookFailure) in
        throw WorkbookFailure(.damaged, "DOCTYPE")
      }
    }
  }

  deinit {
    XML_ParserFree(parser)
  }

  /// Hands on what the next piece holds.
  ///
  /// - Returns: false where the part has ended.
  func step() throws(WorkbookFailure) -> Bool {
    guard let memory = XML_GetBuffer(parser, Int32(WorkbookLimits.chunkBytes)) else {
      throw WorkbookFailure(.unreadable, "no memory")
    }
    let count = try part.read(
      into: UnsafeMutableRawBufferPointer(start: memory, count: WorkbookLimits.chunkBytes))
    let status = XML_ParseBuffer(parser, Int32(count), count == 0 ? 1 : 0)
    if let failure = hands.failure { throw failure }
    guard status == XML_STATUS_OK else {
      let line = XML_GetCurrentLineNumber(parser)
      throw WorkbookFailure(.damaged, "\(part.name):\(line)")
    }
    return count > 0
  }

  /// Reads to the end.
  func run() throws(WorkbookFailure) {
    while try step() {}
  }
}
