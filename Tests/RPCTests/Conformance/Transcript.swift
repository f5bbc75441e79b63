import ExchangeProtos
import Foundation
import NIOCore
import Wire

/// One conversation above TLS, byte by byte, as it stands in `Protos/conformance`.
struct Transcript: Sendable {
  enum Step: Sendable {
    /// A frame of the caller, with what it is.
    case caller([UInt8], String)
    /// A frame of the node.
    case node([UInt8], String)
    /// Something that happens besides.
    case event(Event)
  }

  enum Event: String, Sendable {
    case drain = "the node is being stopped"
    case signInTimeIsOver = "the time for the sign-in is over"
    case silence = "the caller sends nothing for the node's silence"
    case unread = "the caller does not read, and work goes on answering"
  }

  /// How a transcript can be played to a real server.
  enum Replay: Sendable {
    /// After a live sign-in, with the account's own nonces.
    case signedIn
    /// From the first byte.
    case raw
    /// The sign-in fails; only its end is compared.
    case refusedSignIn
    /// Not at all: the node is what breaks the rules, or the outcome depends on the machine.
    case none
  }

  let name: String
  let purpose: String
  var replay: Replay = .signedIn
  var account = "zhang.li"
  var limits = WireLimits.standard
  var callerHello = Hello(.standard)
  var steps: [Step] = []

  init(
    _ name: String, _ purpose: String, replay: Replay = .signedIn, account: String = "zhang.li",
    credit: UInt32? = nil, limits change: (inout WireLimits) -> Void = { _ in },
    _ fill: (inout Transcript) -> Void
  ) {
    self.name = name
    self.purpose = purpose
    self.replay = replay
    self.account = account
    change(&limits)
    if let credit { callerHello.streamCreditBytes = credit }
    if case .signedIn = replay { signIn() }
    fill(&self)
  }

  // MARK: Filling

  /// Frames of the caller, one by one.
  mutating func caller(_ note: String = "", _ write: (inout ByteBuffer) -> Void) {
    steps += Self.frames(write).map { .caller($0, Self.description(of: $0, note)) }
  }

  /// Frames of the node.
  mutating func node(_ note: String = "", _ write: (inout ByteBuffer) -> Void) {
    steps += Self.frames(write).map { .node($0, Self.description(of: $0, note)) }
  }

  mutating func event(_ event: Event) { steps.append(.event(event)) }

  /// The node ends the connection because of a broken rule.
  mutating func end(_ reason: WireViolation.Reason, _ text: String, lastStream: UInt32) {
    let failure = WireViolation(reason, text).failure
    node("and the node closes") { $0.writeGoAway(failure, lastStream: lastStream) }
  }

  /// What every conversation begins with.
  mutating func hellos() {
    node { [limits] in $0.writeHello(Hello(limits)) }
    caller { [callerHello] in $0.writeHello(callerHello) }
  }

  mutating func signIn() {
    guard let scram = try? ScramExample(name: account) else { return }
    hellos()
    caller("step 1") { $0.writeAuthenticate(.clientFirst, scram.clientFirst) }
    node("step 2") { $0.writeAuthenticate(.serverFirst, scram.serverFirst) }
    caller("step 3") { $0.writeAuthenticate(.clientFinal, scram.clientFinal) }
    node("step 4") { $0.writeAuthenticate(.serverFinal, scram.serverFinal) }
  }

  /// How many steps the sign-in takes.
  static let signInSteps = 6

  private static func frames(_ write: (inout ByteBuffer) -> Void) -> [[UInt8]] {
    var buffer = ByteBuffer()
    write(&buffer)
    var frames: [[UInt8]] = []
    // Broken frames are taken as they are.
    while let length: UInt32 = buffer.getInteger(at: buffer.readerIndex),
      let frame = buffer.readBytes(length: min(10 + Int(length), buffer.readableBytes))
    {
      frames.append(frame)
    }
    if let rest = buffer.readBytes(length: buffer.readableBytes), !rest.isEmpty {
      frames.append(rest)
    }
    return frames
  }

  private static func description(of frame: [UInt8], _ note: String) -> String {
    guard frame.count >= 10 else { return "\(frame.count) bytes" }
    var words = [FrameType(rawValue: frame[4]).map { "\($0)".uppercased() } ?? "type \(frame[4])"]
    let stream = frame[6..<10].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    if stream != 0 { words.append("\(stream)") }
    if frame[5] & 1 != 0 { words.append("END") }
    if frame[5] & 2 != 0 { words.append("MESSAGE") }
    if !note.isEmpty { words.append("· \(note)") }
    return words.joined(separator: " ")
  }

  // MARK: The file

  static let folder = ProtocolText.root.appendingPathComponent("Protos/conformance")

  var file: URL { Transcript.folder.appendingPathComponent("\(name).txt") }

  /// The text of the file.
  var text: String {
    var lines = ["# \(purpose)", "# account \(account), password correct horse"]
    if case .none = replay { lines.removeLast() }
    for step in steps {
      switch step {
      case .caller(let bytes, let what): lines.append("C: \(Self.hexadecimal(bytes)) # \(what)")
      case .node(let bytes, let what): lines.append("S: \(Self.hexadecimal(bytes)) # \(what)")
      case .event(let event): lines.append("E: \(event.rawValue)")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
