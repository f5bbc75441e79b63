import ExchangeProtos
import Testing

@Suite struct `Messages agree with Google's protobuf` {
  @Test(arguments: CanonicalMessage.all)
  func `reading and writing again gives the same bytes`(canonical: CanonicalMessage) throws {
    let type = try #require(
      ProtoCatalogue.messages.first { $0.fullName == canonical.fullName })
    #expect(try Self.writtenAgain(canonical.bytes, type) == canonical.bytes)
  }

  @Test func `every message type has its canonical messages`() {
    let covered = Set(CanonicalMessage.all.map(\.fullName))
    #expect(Set(ProtoCatalogue.messages.map { $0.fullName }) == covered)
  }

  @Test func `a full message has no field at its default`() throws {
    let full = try #require(
      CanonicalMessage.all.first { $0.fullName == Subject.fullName && $0.variant == "full 0" })
    let (read, empty) = (try Subject(decoding: full.bytes), Subject())
    let pairs = zip(Mirror(reflecting: read).children, Mirror(reflecting: empty).children)
    for (field, absent) in pairs {
      #expect("\(field.value)" != "\(absent.value)", "\(field.label ?? "")")
    }
  }

  @Test func `an arena gives the same message again after its reset`() throws {
    let arena = MessageArena()
    for _ in 0..<3 {
      arena.reset()
      let packed = Samples.item.pack(in: arena)
      var bytes = [UInt8](repeating: 0, count: packed.byteCount)
      bytes.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return }
        packed.write(to: start)
      }
      let read = try bytes.withUnsafeBytes { try Item(decoding: $0, in: arena) }
      #expect(read == Samples.item)
    }
  }

  @Test func `zero and not stated stay apart`() throws {
    var record = BirthRecord()
    record.birthDate = 2009_06_20
    record.order = 0
    record.approved = false
    // The order's range starts at 1: a stated zero is refused, an absent one is not.
    #expect(Samples.refusal(of: record.encoded(), as: BirthRecord.self)?.reason == .outOfRange)
    record.order = nil
    let read = try BirthRecord(decoding: record.encoded())
    #expect(read.order == nil)
    #expect(read.approved == false)
  }

  @Test func `an empty message is no bytes`() throws {
    #expect(CountsRequest().encoded() == [])
    #expect(try CountsRequest(decoding: []) == CountsRequest())
    #expect(try LinkFrame(decoding: []).frame == nil)
  }

  private static func writtenAgain<Message: ProtoMessage>(
    _ bytes: [UInt8], _ type: Message.Type
  ) throws -> [UInt8] {
    try type.init(decoding: bytes).encoded()
  }
}
