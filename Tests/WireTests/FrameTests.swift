import NIOCore
import TestSupport
import Testing
import Wire

@Suite("Frames")
struct FrameTests {
  @Test("A frame is taken whole, however its bytes arrive", arguments: 1...23)
  func pieces(pieceBytes: Int) throws {
    var bytes = ByteBuffer()
    bytes.writeRequest(3, method: 0x0102_0304, message: [9, 8, 7])
    bytes.writePing(5, answer: true)
    var reader = FrameReader(largestPayloadBytes: 100)
    var seen: [(FrameHeader, [UInt8])] = []
    while bytes.readableBytes > 0 {
      var piece = bytes.readSlice(length: min(pieceBytes, bytes.readableBytes)) ?? ByteBuffer()
      reader.append(&piece)
      while let frame = try reader.next({ header, payload throws(WireViolation) in
        (header, Array(payload))
      }) { seen.append(frame) }
    }
    #expect(
      seen.map(\.0) == [
        FrameHeader(.request, [.end, .message], stream: 3, payloadBytes: 11),
        FrameHeader(.ping, .end, stream: 0, payloadBytes: 8),
      ])
    #expect(seen.first?.1 == [1, 2, 3, 4, 0, 0, 0, 0, 9, 8, 7])
    #expect(reader.waitingBytes == 0)
  }

  @Test("A length past the limit is refused before its payload is waited for")
  func tooLong() {
    var reader = FrameReader(largestPayloadBytes: 10)
    var bytes = ByteBuffer()
    bytes.writeHeader(FrameHeader(.message, stream: 1, payloadBytes: 11))
    reader.append(&bytes)
    #expect {
      _ = try reader.next { _, _ throws(WireViolation) in true }
    } throws: { ($0 as? WireViolation)?.reason == .frameTooLong }
  }

  @Test("A failure's long words are cut on the way, at a character")
  func longFailure() throws {
    let machine = try ClientUnderTest.opened()
    let stream = try machine.open(payloadBytes: 8)
    let failure = CallFailure(
      .internal, word: "reason", field: String(repeating: "字", count: 300),
      String(repeating: "长", count: 3000))
    guard
      case .fail(_, let arrived)? = try machine.take({ $0.writeResult(failure, stream: stream) }
      ).first
    else {
      Issue.record("the failure did not arrive")
      return
    }
    #expect(arrived.field == String(repeating: "字", count: 85))
    #expect(arrived.text == String(repeating: "长", count: 1000))
  }

  @Test("One character of a thousand code points is cut too: no length byte overflows")
  func longCharacter() throws {
    let machine = try ClientUnderTest.opened()
    let stream = try machine.open(payloadBytes: 8)
    let failure = CallFailure(
      .internal, word: "e" + String(repeating: "\u{301}", count: 1000),
      String(repeating: "👩‍👩‍👧‍👦", count: 1000))
    guard
      case .fail(_, let arrived)? = try machine.take({ $0.writeResult(failure, stream: stream) }
      ).first
    else {
      Issue.record("the failure did not arrive")
      return
    }
    #expect(arrived.reason == "e" + String(repeating: "\u{301}", count: 127))
    #expect(arrived.text.utf8.count <= CallFailure.longestTextBytes)
    #expect(failure.text.hasPrefix(arrived.text.prefix(100)))
  }

  @Test("A failure of the longest parts fits into the least frame that a side may announce")
  func longestFailure() {
    var buffer = ByteBuffer()
    let long = String(repeating: "x", count: 9000)
    buffer.writeGoAway(CallFailure(.internal, word: long, field: long, long), lastStream: 1)
    #expect(buffer.readableBytes - FrameHeader.byteCount <= Int(Hello.leastFrameBytes))
  }

  @Test("Random bytes never trap either machine", arguments: 0..<200)
  func randomBytes(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let server = try ServerUnderTest.opened()
    let client = try ClientUnderTest.opened()
    for _ in 0..<200 {
      let write: (inout ByteBuffer) -> Void = { buffer in
        let type = UInt8.random(in: 0...10, using: &random)
        let payload = (0..<Int.random(in: 0...40, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
        buffer.writeMultipleIntegers(
          UInt32(payload.count), type, UInt8.random(in: 0...3, using: &random),
          UInt32.random(in: 0...6, using: &random))
        buffer.writeBytes(payload)
      }
      if case .open(let stream, _, _, let ended)? = try? server.take(write).first {
        server.keep(stream: stream, ended: ended)
      }
      _ = try? client.open(payloadBytes: 8)
      _ = try? client.take(write)
    }
    #expect(server.keptStreams <= 3)
    #expect(client.openStreams <= 3)
  }
}
