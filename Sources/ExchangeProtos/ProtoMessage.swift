/// A message of Protos as a Swift value.
///
/// Bytes are checked when they are decoded: a value that came from a peer keeps what the .proto
/// file's directives promise.
public protocol ProtoMessage: Sendable, Hashable {
  /// The name with its package, as in `xiecha.v1.Item`.
  static var fullName: String { get }
  /// Every field at its default.
  init()
  /// Reads untrusted bytes. Fields that this version does not know are ignored. The arena gives the
  /// scratch memory; the value does not depend on it.
  init(decoding bytes: UnsafeRawBufferPointer, in arena: MessageArena) throws(MessageRefusal)
  /// Lays the message out in `arena`, ready to be written; valid until the arena's reset.
  func pack(in arena: MessageArena) -> PackedMessage
}

extension ProtoMessage {
  /// Reads untrusted bytes, with an arena of the process.
  public init(decoding bytes: [UInt8]) throws(MessageRefusal) {
    let result: Result<Self, MessageRefusal> = ArenaPool.withArena { arena in
      bytes.withUnsafeBytes { buffer in
        do throws(MessageRefusal) {
          return .success(try Self(decoding: buffer, in: arena))
        } catch {
          return .failure(error)
        }
      }
    }
    self = try result.get()
  }

  /// The message's bytes, packed in an arena of the process.
  public func encoded() -> [UInt8] {
    ArenaPool.withArena { arena in
      let packed = pack(in: arena)
      guard packed.byteCount > 0 else { return [] }
      // Making it without zeroes first costs more: the standard library looks up its types anew.
      var bytes = [UInt8](repeating: 0, count: packed.byteCount)
      bytes.withUnsafeMutableBytes { buffer in
        if let start = buffer.baseAddress { packed.write(to: start) }
      }
      return bytes
    }
  }
}
