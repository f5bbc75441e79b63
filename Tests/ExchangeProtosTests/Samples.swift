import ExchangeProtos
import ExchangeRules

/// Synthetic messages that are accepted, for tests to spoil.
enum Samples {
  static let id = [UInt8](1...16)

  static var subject: Subject {
    var address = Address()
    address.code = "440305007001"
    address.text = "某路12号3栋401"
    var subject = Subject()
    subject.name = "测试甲"
    subject.birthDate = 1990_01_01
    subject.sex = .female
    subject.residence = address
    return subject
  }

  static var item: Item {
    var item = Item()
    item.id = id
    item.kind = .assistRequest
    item.category = .assist
    item.from = "440305"
    item.to = "510722"
    item.enteredAt = "440305007"
    item.subject = subject
    item.record = AssistRecord().record
    return item
  }

  static var actor: Actor {
    var actor = Actor()
    actor.account = "test1"
    actor.role = "countyOperator"
    actor.division = "440305"
    return actor
  }

  static var event: ItemEvent {
    var event = ItemEvent()
    event.id = id
    event.itemId = id
    event.kind = .submitted
    event.actor = actor
    return event
  }

  /// What decoding says to these bytes.
  static func refusal<Message: ProtoMessage>(
    of bytes: [UInt8], as type: Message.Type
  ) -> MessageRefusal? {
    do throws(MessageRefusal) {
      _ = try type.init(decoding: bytes)
      return nil
    } catch {
      return error
    }
  }
}
