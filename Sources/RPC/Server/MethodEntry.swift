internal import Credentials
public import ExchangeProtos
public import NIOCore
public import Wire

/// A method, who may call it, and how it is answered.
@usableFromInline
final class MethodEntry: Sendable {
  /// Answers on the loop: decodes, works, and writes the whole `RESULT` frame.
  @usableFromInline
  typealias AtOnce =
    @Sendable (
      UnsafeRawBufferPointer, MessageArena, CallContext, UInt32, inout ByteBuffer
    ) throws(CallFailure) -> Void
  /// Decodes on the loop; the work it returns may wait, and gives the reply.
  @usableFromInline
  typealias Waiting =
    @Sendable (
      UnsafeRawBufferPointer, MessageArena
    ) throws(MessageRefusal) -> @Sendable (CallContext) async throws -> any ProtoMessage
  /// Decodes on the loop; the work it returns writes its messages itself.
  @usableFromInline
  typealias Streaming =
    @Sendable (
      UnsafeRawBufferPointer, MessageArena
    ) throws(MessageRefusal) ->
    @Sendable (CallContext, StreamHandle, UInt32) async throws -> Void
  /// Gives the inbox that the connection fills, and the work that empties it.
  @usableFromInline
  typealias Exchanging =
    @Sendable (StreamHandle, UInt32) -> (
      any MessageSink, @Sendable (CallContext) async throws -> Void
    )

  @usableFromInline
  enum Implementation: Sendable {
    case atOnce(AtOnce)
    case waiting(Waiting)
    case streaming(Streaming)
    case exchanging(Exchanging)
  }

  let descriptor: MethodDescriptor
  let permission: MethodPermission
  let implementation: Implementation
  let tally = CallTally()

  init(
    descriptor: MethodDescriptor, permission: MethodPermission, implementation: Implementation
  ) {
    self.descriptor = descriptor
    self.permission = permission
    self.implementation = implementation
  }
}
