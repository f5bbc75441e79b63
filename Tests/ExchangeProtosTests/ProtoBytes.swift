/// Writes protobuf's wire format by hand, for messages that no honest peer would send.
struct ProtoBytes {
  private(set) var bytes: [UInt8] = []

  init(_ bytes: [UInt8] = []) {
    self.bytes = bytes
  }

  func number(_ field: Int, _ value: UInt64) -> ProtoBytes {
    ProtoBytes(bytes + Self.varint(UInt64(field) << 3) + Self.varint(value))
  }

  func field(_ field: Int, _ content: [UInt8]) -> ProtoBytes {
    let head = Self.varint(UInt64(field) << 3 | 2) + Self.varint(UInt64(content.count))
    return ProtoBytes(bytes + head + content)
  }

  func field(_ field: Int, _ content: ProtoBytes) -> ProtoBytes {
    self.field(field, content.bytes)
  }

  func fixed32(_ field: Int) -> ProtoBytes {
    ProtoBytes(bytes + Self.varint(UInt64(field) << 3 | 5) + [1, 2, 3, 4])
  }

  func fixed64(_ field: Int) -> ProtoBytes {
    ProtoBytes(bytes + Self.varint(UInt64(field) << 3 | 1) + [1, 2, 3, 4, 5, 6, 7, 8])
  }

  static func varint(_ value: UInt64) -> [UInt8] {
    var (rest, bytes): (UInt64, [UInt8]) = (value, [])
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
