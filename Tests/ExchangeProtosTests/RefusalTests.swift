import ExchangeProtos
import ExchangeRules
import Testing

/// A way to spoil an item that travels in an `EnterRequest`, and what is said to it.
private struct SpoiltItem: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var reason: MessageRefusal.Reason
  var field: String
  var spoil: @Sendable (inout Item) -> Void

  init(
    _ description: String, _ reason: MessageRefusal.Reason, _ field: String,
    _ spoil: @escaping @Sendable (inout Item) -> Void
  ) {
    testDescription = description
    self.reason = reason
    self.field = field
    self.spoil = spoil
  }
}

/// Bytes that no value of ours encodes to.
private struct SpoiltBytes: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var reason: MessageRefusal.Reason
  var field: String
  var bytes: [UInt8]
}

private let spoiltItems = [
  SpoiltItem("no subject", .missingField, "item.subject") { $0.subject = nil },
  SpoiltItem("no name", .missingField, "item.subject.name") { $0.subject?.name = "" },
  SpoiltItem("no kind", .missingField, "item.kind") { $0.kind = nil },
  SpoiltItem("no id", .missingField, "item.id") { $0.id = [] },
  SpoiltItem("short id", .wrongLength, "item.id") { $0.id.removeLast() },
  SpoiltItem("long id", .wrongLength, "item.id") { $0.id.append(17) },
  SpoiltItem("long name", .tooLong, "item.subject.name") {
    $0.subject?.name = String(repeating: "甲", count: 41)
  },
  SpoiltItem("long address", .tooLong, "item.subject.residence.text") {
    $0.subject?.residence?.text = String(repeating: "a", count: 401)
  },
  SpoiltItem("NUL in a text", .nulInText, "item.remark") { $0.remark = "有\0无" },
  SpoiltItem("NUL ends a text", .nulInText, "item.remark") {
    $0.remark = String(repeating: "r", count: 40) + "\0"
  },
  SpoiltItem("30 February", .notADate, "item.subject.birthDate") {
    $0.subject?.birthDate = 1990_02_30
  },
  SpoiltItem("29 February of a common year", .notADate, "item.occurred") {
    $0.occurred = 2009_02_29
  },
  SpoiltItem("a negative date", .notADate, "item.occurred") { $0.occurred = .min },
  SpoiltItem("sixteen check items", .tooMany, "item.record.assist.checkItems") {
    var record = AssistRecord()
    record.checkItems = [UInt32](repeating: 1, count: 16)
    $0.record = record.record
  },
  SpoiltItem("check item 16", .outOfRange, "item.record.assist.checkItems[1]") {
    var record = AssistRecord()
    record.checkItems = [15, 16]
    $0.record = record.record
  },
  SpoiltItem("a child without birth date", .missingField, "item.record.child.birthDate") {
    var record = ChildRecord()
    record.sex = "2"
    $0.record = record.record
  },
]

private let item = Samples.item.encoded()

private let spoiltBytes = [
  SpoiltBytes(
    testDescription: "an unknown kind", reason: .unknownValue, field: "kind",
    bytes: ProtoBytes(item).number(2, 3).bytes),
  SpoiltBytes(
    testDescription: "a negative kind", reason: .unknownValue, field: "kind",
    bytes: ProtoBytes(item).number(2, .max).bytes),
  SpoiltBytes(
    testDescription: "a text of Latin-1", reason: .notUTF8, field: "remark",
    bytes: ProtoBytes(item).field(10, [0x63, 0x61, 0x66, 0xE9]).bytes),
  SpoiltBytes(
    testDescription: "an overlong slash", reason: .notUTF8, field: "remark",
    bytes: ProtoBytes(item).field(10, [0xC0, 0xAF]).bytes),
  SpoiltBytes(
    testDescription: "half a surrogate pair", reason: .notUTF8, field: "remark",
    bytes: ProtoBytes(item).field(10, [0xED, 0xA0, 0x80]).bytes),
  SpoiltBytes(
    testDescription: "a text cut in a character", reason: .notUTF8, field: "remark",
    bytes: ProtoBytes(item).field(10, [UInt8]("一二三四五六七".utf8.dropLast())).bytes),
  SpoiltBytes(
    testDescription: "a number where a text belongs", reason: .malformedMessage, field: "",
    bytes: ProtoBytes(item).number(10, 1).bytes),
  SpoiltBytes(
    testDescription: "a length beyond the end", reason: .malformedMessage, field: "",
    bytes: item + [0x52, 0x7F, 0x61]),
  SpoiltBytes(
    testDescription: "a length of 2^63", reason: .malformedMessage, field: "",
    bytes: item + [0x52] + ProtoBytes.varint(1 << 63)),
  SpoiltBytes(
    testDescription: "a varint of eleven bytes", reason: .malformedMessage, field: "",
    bytes: item + [0x48] + [UInt8](repeating: 0xFF, count: 10) + [1]),
  SpoiltBytes(
    testDescription: "a field numbered zero", reason: .malformedMessage, field: "",
    bytes: item + [0x00, 0x01]),
  SpoiltBytes(
    testDescription: "a group", reason: .malformedMessage, field: "", bytes: item + [0x53, 0x54]),
]

@Suite struct `Untrusted bytes are refused with field and reason` {
  @Test(arguments: spoiltItems)
  fileprivate func `a spoilt item names its field`(spoilt: SpoiltItem) throws {
    var request = EnterRequest()
    request.item = Samples.item
    #expect(Samples.refusal(of: request.encoded(), as: EnterRequest.self) == nil)
    var item = Samples.item
    spoilt.spoil(&item)
    request.item = item
    let refusal = try #require(Samples.refusal(of: request.encoded(), as: EnterRequest.self))
    #expect(refusal.reason == spoilt.reason)
    #expect(refusal.field == spoilt.field)
    #expect(!refusal.text.isEmpty)
  }

  @Test(arguments: spoiltBytes)
  fileprivate func `spoilt bytes name their field`(spoilt: SpoiltBytes) throws {
    let refusal = try #require(Samples.refusal(of: spoilt.bytes, as: Item.self))
    #expect(refusal.reason == spoilt.reason)
    #expect(refusal.field == spoilt.field)
  }

  @Test func `an element of a list is named by its index`() throws {
    var submission = Submission()
    submission.profile = "provincial-2009"
    submission.urgency = .urgent
    submission.cycle = "2009-06"
    submission.deadlines = [Deadline(), Deadline()]
    submission.deadlines[0].rule = "S4.1"
    submission.deadlines[0].purpose = "feedback"
    submission.deadlines[0].unit = "days"
    var event = Samples.event
    event.detail = .submitted(submission)
    let refusal = try #require(Samples.refusal(of: event.encoded(), as: ItemEvent.self))
    #expect(refusal.field == "submitted.deadlines[1].rule")
    #expect(refusal.reason == .missingField)
  }

  @Test func `an id in a list has the length of an id`() throws {
    var request = ItemsRequest()
    request.ids = [Samples.id, []]
    let absent = try #require(Samples.refusal(of: request.encoded(), as: ItemsRequest.self))
    #expect(absent.field == "ids[1]")
    request.ids = [Samples.id, Samples.id + [0]]
    let long = try #require(Samples.refusal(of: request.encoded(), as: ItemsRequest.self))
    #expect(long.reason == .wrongLength)
    request.ids = [[UInt8]](repeating: Samples.id, count: 1001)
    #expect(Samples.refusal(of: request.encoded(), as: ItemsRequest.self)?.reason == .tooMany)
  }

  @Test func `a refusal carries no value of the message`() throws {
    var item = Samples.item
    item.subject?.citizenId = String(repeating: "510722199001010021", count: 3)
    let refusal = try #require(Samples.refusal(of: item.encoded(), as: Item.self))
    #expect(refusal.field == "subject.citizenId")
    #expect(!refusal.description.contains("5107"))
  }

  @Test func `exactly the limit is accepted, one byte more is not`() throws {
    var item = Samples.item
    item.remark = String(repeating: "r", count: 2000)
    #expect(try Item(decoding: item.encoded()) == item)
    item.remark += "r"
    #expect(Samples.refusal(of: item.encoded(), as: Item.self)?.reason == .tooLong)
    var record = AssistRecord()
    record.checkItems = [UInt32](1...15)
    #expect(try AssistRecord(decoding: record.encoded()) == record)
    for date: Int32 in [2008_02_29, 2000_02_29, 2009_12_31, 0] {
      item.remark = ""
      item.occurred = date
      #expect(try Item(decoding: item.encoded()).occurred == date)
    }
    item.occurred = 1900_02_29
    #expect(Samples.refusal(of: item.encoded(), as: Item.self)?.reason == .notADate)
  }

  @Test func `fields that this version does not know are ignored`() throws {
    let longer = ProtoBytes(item).number(1000, 7).field(1001, [0, 1, 2]).fixed32(1002)
      .fixed64(1003)
    #expect(try Item(decoding: longer.bytes) == Samples.item)
  }

  @Test func `a oneof's case that this version does not know is none`() throws {
    #expect(try LinkFrame(decoding: ProtoBytes().field(9, []).bytes).frame == nil)
  }

  @Test func `of a oneof given twice the last counts`() throws {
    let bytes = ProtoBytes().field(3, ProtoBytes().number(1, 7))
      .field(1, ProtoBytes().field(1, Array("44".utf8)).field(3, Array("x".utf8)))
    guard case .hello(let hello) = try LinkFrame(decoding: bytes.bytes).frame else {
      Issue.record("not the last case")
      return
    }
    #expect(hello.division == "44")
  }

  @Test func `characters of every length are kept`() throws {
    var item = Samples.item
    for text in ["é", "甲", "𠮷", String(repeating: "aé甲𠮷", count: 9)] {
      item.remark = text
      #expect(try Item(decoding: item.encoded()).remark == text)
    }
  }
}
