/// Values by stream number: an array that a stream's lowest bits point into.
///
/// Streams are numbered one after the other and most end soon, so that a place is nearly always free
/// and nothing is hashed. A stream that outlives a whole round keeps its place; who would need that
/// place goes to a dictionary. The array grows with the streams that are open at once.
public struct StreamTable<Value> {
  @usableFromInline static var fewestPlaces: Int { 32 }

  @usableFromInline
  struct Entry {
    @usableFromInline var stream: UInt32
    @usableFromInline var value: Value

    @inlinable
    init(stream: UInt32, value: Value) {
      self.stream = stream
      self.value = value
    }
  }

  @usableFromInline var entries: [Entry?] = []
  @usableFromInline var others: [UInt32: Value] = [:]
  /// How many streams have a value.
  @inlinable public var count: Int { entered }
  @usableFromInline var entered = 0

  /// A table without streams; it takes memory with the first.
  @inlinable
  public init() {}

  /// Whether no stream has a value.
  @inlinable public var isEmpty: Bool { count == 0 }

  /// The value of a stream, or nil.
  @inlinable
  public subscript(stream: UInt32) -> Value? {
    get {
      guard count > 0 else { return nil }
      if let entry = entries[place(of: stream)], entry.stream == stream { return entry.value }
      return others.isEmpty ? nil : others[stream]
    }
    set {
      if let newValue {
        set(stream, newValue)
      } else {
        removeValue(forKey: stream)
      }
    }
  }

  /// Takes a stream's value out.
  @discardableResult
  @inlinable
  public mutating func removeValue(forKey stream: UInt32) -> Value? {
    guard count > 0 else { return nil }
    let place = place(of: stream)
    if let entry = entries[place], entry.stream == stream {
      entries[place] = nil
      entered -= 1
      return entry.value
    }
    guard !others.isEmpty, let value = others.removeValue(forKey: stream) else { return nil }
    entered -= 1
    return value
  }

  /// Takes everything out.
  @inlinable
  public mutating func removeAll() {
    self = StreamTable()
  }

  /// The streams with their values, in no order.
  @inlinable public var all: [(stream: UInt32, value: Value)] {
    entries.compactMap { entry in entry.map { ($0.stream, $0.value) } }
      + others.map { ($0.key, $0.value) }
  }

  @inlinable
  mutating func set(_ stream: UInt32, _ value: Value) {
    if !others.isEmpty, others[stream] != nil {
      others[stream] = value
      return
    }
    if count * 2 >= entries.count { grow() }
    let place = place(of: stream)
    if let entry = entries[place], entry.stream != stream {
      others[stream] = value
      entered += 1
      return
    }
    if entries[place] == nil { entered += 1 }
    entries[place] = Entry(stream: stream, value: value)
  }

  @inlinable
  mutating func grow() {
    let old = all
    entries = Array(repeating: nil, count: max(StreamTable.fewestPlaces, entries.count * 2))
    others = [:]
    entered = 0
    for (stream, value) in old {
      let place = place(of: stream)
      if entries[place] == nil {
        entries[place] = Entry(stream: stream, value: value)
      } else {
        others[stream] = value
      }
      entered += 1
    }
  }

  @inlinable
  func place(of stream: UInt32) -> Int { Int(stream) & (entries.count - 1) }
}
