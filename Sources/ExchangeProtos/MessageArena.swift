import CExchangeProtos

/// The memory that messages are read from and laid out in: a bump allocator behind protobuf-c's
/// allocator, so that a message costs no `malloc` and no `free`.
///
/// Not Sendable: one for each event loop or connection. Whatever was unpacked or packed is valid
/// until ``reset()``; Swift values that were read from it are copies and stay.
public final class MessageArena {
  /// The first chunk, in bytes: a request of 400 bytes needs about 1.5 KiB.
  static let firstChunkBytes = 8 << 10
  /// The largest chunk kept over a reset, in bytes; a rare large message gives its memory back.
  static let keptChunkBytes = 256 << 10
  /// Memory that unpacking may take for each byte of input, and for the message as a whole.
  ///
  /// The costliest honest message, many fields of two bytes each, takes about 50 for one.
  static let budgetPerByte = 64
  static let budgetBytes = 16 << 10

  private struct Chunk {
    var start: UnsafeMutableRawPointer
    var byteCount: Int
    var end: UnsafeMutableRawPointer { start + byteCount }

    init(byteCount: Int) {
      start = .allocate(byteCount: byteCount, alignment: 16)
      self.byteCount = byteCount
    }
  }

  /// What the allocator's C callback works on.
  private struct State {
    var cursor: UnsafeMutableRawPointer
    var end: UnsafeMutableRawPointer
    /// What unpacking may still take, in bytes; below zero once it asked for more.
    var budget = 0
    /// Where the cursor is, and the chunks that were filled before it.
    var chunk: Chunk
    var filled: [Chunk] = []

    init(_ chunk: Chunk) {
      cursor = chunk.start
      end = chunk.end
      self.chunk = chunk
    }
  }

  private let state: UnsafeMutablePointer<State>
  let allocator: UnsafeMutablePointer<ProtobufCAllocator>

  /// An empty arena.
  public init() {
    state = .allocate(capacity: 1)
    state.initialize(to: State(Chunk(byteCount: MessageArena.firstChunkBytes)))
    allocator = .allocate(capacity: 1)
    allocator.initialize(
      to: ProtobufCAllocator(
        alloc: { data, byteCount in
          guard let data else { return nil }
          return MessageArena.allocateWithinBudget(
            data.assumingMemoryBound(to: State.self), byteCount)
        },
        free: { _, _ in }, allocator_data: UnsafeMutableRawPointer(state)))
  }

  deinit {
    for chunk in state.pointee.filled { chunk.start.deallocate() }
    state.pointee.chunk.start.deallocate()
    state.deinitialize(count: 1)
    state.deallocate()
    allocator.deallocate()
  }

  /// Takes everything back: what was unpacked or packed is gone.
  @inline(__always)
  public func reset() {
    if state.pointee.filled.isEmpty {
      state.pointee.cursor = state.pointee.chunk.start
    } else {
      dropFilledChunks()
    }
  }

  /// The memory that the arena holds now, in bytes.
  public var heldByteCount: Int {
    state.pointee.filled.reduce(state.pointee.chunk.byteCount) { $0 + $1.byteCount }
  }

  /// What unpacking may take from here on, in bytes; below zero once it asked for more.
  @inline(__always)
  var budget: Int {
    get { state.pointee.budget }
    set { state.pointee.budget = newValue }
  }

  /// The last chunk stays, so that the arena grows into its work, unless one large message made it.
  @inline(never)
  private func dropFilledChunks() {
    for chunk in state.pointee.filled { chunk.start.deallocate() }
    var kept = state.pointee.chunk
    if kept.byteCount > MessageArena.keptChunkBytes {
      kept.start.deallocate()
      kept = Chunk(byteCount: MessageArena.firstChunkBytes)
    }
    state.pointee.filled = []
    state.pointee.chunk = kept
    state.pointee.cursor = kept.start
    state.pointee.end = kept.end
  }

  /// For protobuf-c, whose sizes come from a peer's bytes.
  @inline(__always)
  private static func allocateWithinBudget(
    _ state: UnsafeMutablePointer<State>, _ byteCount: Int
  ) -> UnsafeMutableRawPointer? {
    let left = state.pointee.budget
    guard byteCount >= 0, byteCount <= left else {
      state.pointee.budget = -1
      return nil
    }
    state.pointee.budget = left - byteCount
    return allocate(state, byteCount)
  }

  /// For this module, whose sizes come from values in memory.
  @inline(__always)
  func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    MessageArena.allocate(state, byteCount)
  }

  @inline(__always)
  private static func allocate(
    _ state: UnsafeMutablePointer<State>, _ byteCount: Int
  ) -> UnsafeMutableRawPointer {
    // Eight bytes is the strictest alignment in protobuf-c's structs.
    let rounded = (byteCount + 7) & ~7
    let start = state.pointee.cursor
    if rounded <= state.pointee.end - start {
      state.pointee.cursor = start + rounded
      return start
    }
    return allocateInNewChunk(state, rounded)
  }

  @inline(never)
  private static func allocateInNewChunk(
    _ state: UnsafeMutablePointer<State>, _ byteCount: Int
  ) -> UnsafeMutableRawPointer {
    let doubled = min(state.pointee.chunk.byteCount * 2, keptChunkBytes)
    let next = Chunk(byteCount: max(doubled, byteCount))
    state.pointee.filled.append(state.pointee.chunk)
    state.pointee.chunk = next
    state.pointee.cursor = next.start + byteCount
    state.pointee.end = next.end
    return next.start
  }
}
