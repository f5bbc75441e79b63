import ExchangeProtos
import ExchangeRules
import Testing

private struct RecordType: Sendable, CustomTestStringConvertible {
  var type: any RecordMessage.Type
  var testDescription: String { type.fullName }

  static let all = Record.messageTypes.map(RecordType.init)
}

@Suite struct `S3: the eleven categories have typed records with named fields` {
  @Test func `there is one for each category, in order`() {
    #expect(Record.messageTypes.map { $0.category } == Array(1...11))
    #expect(Record.messageType(category: 3)?.fullName == PregnancyRecord.fullName)
    #expect(Record.messageType(category: 0) == nil)
    #expect(Record.messageType(category: 12) == nil)
  }

  @Test(arguments: RecordType.all)
  fileprivate func `names and labels are unique in a record`(record: RecordType) {
    let fields = record.type.fields
    #expect(Set(fields.map(\.name)).count == fields.count)
    #expect(Set(fields.map(\.label)).count == fields.count)
    #expect(fields.allSatisfy { ($0.table != nil) == ($0.kind == .code) })
  }

  @Test(arguments: RecordType.all)
  fileprivate func `each field is set, read, kept in the item and cleared by its name`(
    record: RecordType
  ) throws {
    try Self.checkFields(record.type)
  }

  private static func checkFields<Message: RecordMessage>(_ type: Message.Type) throws {
    var filled = type.init()
    for field in type.fields {
      let value = sample(field)
      #expect(filled.value(of: field.name) == nil)
      let isSet = filled.set(value, of: field.name)
      #expect(isSet)
      #expect(filled.value(of: field.name) == value)
      for other in RecordField.Kind.allCases where other != field.kind {
        let isSet = filled.set(sample(of: other), of: field.name)
        #expect(!isSet)
      }
      #expect(filled.value(of: field.name) == value)
    }
    var item = Samples.item
    item.record = filled.record
    let read = try Item(decoding: item.encoded())
    #expect(read.record?.category == type.category)
    #expect(read.record?.message as? Message == filled)
    for field in type.fields {
      let isCleared = filled.clear(field.name)
      #expect(isCleared)
    }
    #expect(filled == type.init())
  }

  @Test func `a name that no field has does nothing`() {
    var record = InflowRecord()
    let isSet = record.set(.text("x"), of: "photo")
    let isCleared = record.clear("photo")
    #expect(!isSet && !isCleared)
    #expect(record.value(of: "photo") == nil)
    #expect(record == InflowRecord())
  }

  @Test(arguments: RecordType.all)
  fileprivate func `what is required is refused when absent`(record: RecordType) throws {
    let required = record.type.fields.filter(\.isRequired)
    let refusal = Samples.refusal(of: [], as: record.type)
    #expect(refusal?.field == required.first?.name)
    #expect(refusal?.reason == (required.isEmpty ? nil : .missingField))
  }

  @Test func `a description of a field is what the form needs`() throws {
    let date = try #require(PregnancyRecord.field("conceptionDate"))
    #expect(date.label == "怀孕日期")
    #expect(date.kind == .date)
    let state = try #require(PregnancyRecord.field("state"))
    #expect(state.table == "current_pregnancy_local")
    #expect(state.isRequired)
    #expect(MaintenanceFeeRecord.field("amountDue")?.kind == .money)
    #expect(AssistRecord.field("checkItems")?.range == 1...15)
  }

  private static func sample(_ field: RecordField) -> RecordFieldValue {
    switch field.kind {
    case .count: .count(field.range?.lowerBound ?? 1)
    default: sample(of: field.kind)
    }
  }

  private static func sample(of kind: RecordField.Kind) -> RecordFieldValue {
    switch kind {
    case .text: .text("文字")
    case .date: .date(2009_06_20)
    case .code: .code("1")
    case .money: .money(123_456)
    case .flag: .flag(false)
    case .count: .count(3)
    case .numbers: .numbers([1, 15])
    }
  }
}
