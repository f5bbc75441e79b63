/// Which request of which program something belongs to, through every hop: W3C Trace Context, in the
/// fields of `traceparent`.
///
/// It says nothing of a person: its identity is random.
public struct TraceContext: Sendable, Hashable, CustomStringConvertible {
  /// The size on the wire, in bytes: version (1), trace (16), parent (8), flags (1).
  public static let byteCount = 26
  /// The trace of the work that this task does; nil: none.
  @TaskLocal public static var current: TraceContext?

  private let high: UInt64
  private let low: UInt64
  private let parent: UInt64
  private let flags: UInt8

  private init(high: UInt64, low: UInt64, parent: UInt64, flags: UInt8) {
    (self.high, self.low, self.parent, self.flags) = (high, low, parent, flags)
  }

  /// A new trace.
  public static func begin() -> TraceContext {
    TraceContext(
      high: .random(in: 1 ... .max), low: .random(in: 0 ... .max), parent: .random(in: 1 ... .max),
      flags: 0)
  }

  /// The same trace with another parent: a hop that goes on with the work.
  public var child: TraceContext {
    TraceContext(high: high, low: low, parent: .random(in: 1 ... .max), flags: flags)
  }

  /// Reads ``byteCount`` bytes; nil where they are no trace, which is to be passed over.
  public init?(bytes: [UInt8]) {
    let trace = bytes.withUnsafeBytes { TraceContext(reading: $0) }
    guard let trace, bytes.count == TraceContext.byteCount else { return nil }
    self = trace
  }

  /// Reads the beginning of a payload, which a later version may have made longer.
  init?(reading payload: UnsafeRawBufferPointer) {
    guard payload.count >= TraceContext.byteCount else { return nil }
    self.init(
      high: payload.integer(at: 1), low: payload.integer(at: 9), parent: payload.integer(at: 17),
      flags: payload[25])
    // W3C: version ff is none; a trace and a parent are never all zeros.
    guard payload[0] != 0xff, high != 0 || low != 0, parent != 0 else { return nil }
  }

  /// The fields as they travel, big-endian: version 0, trace, parent, flags.
  var fields: (UInt8, UInt64, UInt64, UInt64, UInt8) { (0, high, low, parent, flags) }

  /// ``byteCount`` bytes as they travel.
  public var bytes: [UInt8] {
    [0]
      + [high, low, parent].flatMap { number in
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
      } + [flags]
  }

  /// What is looked up in logs: the trace alone, 32 hexadecimal digits.
  public var identity: String { TraceContext.text(high) + TraceContext.text(low) }

  /// `00-…-…-00`, as the header `traceparent` has it.
  public var description: String {
    "00-\(identity)-\(TraceContext.text(parent))-\(TraceContext.text(UInt64(flags)).suffix(2))"
  }

  /// Sixteen digits.
  private static func text(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
