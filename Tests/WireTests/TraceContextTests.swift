import NIOCore
import Testing

@testable import Wire

@Suite("The trace of a request (W3C Trace Context)")
struct TraceContextTests {
  /// The example of the recommendation.
  static let text = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
  static let bytes: [UInt8] =
    [0, 0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31]
    + [0x9c, 0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31, 1]

  @Test("Its bytes are the fields of traceparent, and come back as they were")
  func fields() throws {
    let trace = try #require(TraceContext(bytes: Self.bytes))
    #expect(trace.description == Self.text)
    #expect(trace.identity == "0af7651916cd43dd8448eb211c80319c")
    #expect(trace.bytes == Self.bytes)
  }

  @Test("A hop keeps the trace and is a parent of its own; two requests are two traces")
  func hops() {
    let trace = TraceContext.begin()
    #expect(trace.child.identity == trace.identity)
    #expect(trace.child != trace)
    #expect(TraceContext.begin().identity != trace.identity)
    #expect(TraceContext(bytes: trace.child.bytes) != nil)
  }

  @Test("What is no trace is none: version ff, zeros, another length")
  func none() {
    #expect(TraceContext(bytes: [0xff] + Self.bytes.dropFirst()) == nil)
    #expect(TraceContext(bytes: [UInt8](repeating: 0, count: 26)) == nil)
    var parentless = Self.bytes
    parentless.replaceSubrange(17..<25, with: [UInt8](repeating: 0, count: 8))
    #expect(TraceContext(bytes: parentless) == nil)
    #expect(TraceContext(bytes: Array(Self.bytes.dropLast())) == nil)
    #expect(TraceContext(bytes: Self.bytes + [0]) == nil)
    #expect(TraceContext(bytes: []) == nil)
  }

  @Test("A request says it behind the time left; one that is none is passed over, not refused")
  func request() throws {
    let head = RequestHead(
      method: 7, timeoutMilliseconds: 5, trace: TraceContext(bytes: Self.bytes))
    var buffer = ByteBuffer()
    buffer.writeRequestHead(head, stream: 1, flags: [.end, .message], messageBytes: 0)
    #expect(buffer.readableBytes == FrameHeader.byteCount + 8 + TraceContext.byteCount)
    let payload = Array(buffer.readableBytesView.dropFirst(FrameHeader.byteCount))
    let read = try payload.withUnsafeBytes {
      try RequestHead(reading: $0, [.end, .message, .trace])
    }
    #expect(read == head)
    #expect(read.byteCount == 34)
    var zeros = payload
    zeros.replaceSubrange(8..<34, with: [UInt8](repeating: 0, count: 26))
    let none = try zeros.withUnsafeBytes { try RequestHead(reading: $0, [.end, .trace]) }
    #expect(none.trace == nil)
    #expect(none.byteCount == 34)
  }

  @Test("A request whose flags announce a trace that is not there breaks the protocol")
  func short() {
    let violation = #expect(throws: WireViolation.self) {
      try [UInt8](repeating: 1, count: 33).withUnsafeBytes {
        try RequestHead(reading: $0, [.end, .trace])
      }
    }
    #expect(violation?.reason == .malformedFrame)
  }

  @Test("A node that has not said it takes traces is sent none", arguments: [0, 1, 6] as [UInt32])
  func older(features: UInt32) throws {
    var caller = ClientStateMachine(limits: .standard, now: 0)
    let before = caller.peerTakesTraces
    #expect(!before)
    var hello = Hello(.standard)
    hello.features = features
    var buffer = ByteBuffer()
    buffer.writeHello(hello)
    var reader = FrameReader(largestPayloadBytes: 4096)
    reader.append(&buffer)
    _ = try reader.next { header, payload throws(WireViolation) in
      try caller.received(header, payload, now: 1)
    }
    let after = caller.peerTakesTraces
    #expect(after == (features == 1))
  }
}
