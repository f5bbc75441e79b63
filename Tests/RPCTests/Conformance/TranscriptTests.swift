import ExchangeProtos
import Foundation
import NIOCore
import RPC
import Testing
import Wire

/// The transcripts of `Protos/conformance`.
///
/// With `XIECHA_WRITE_TRANSCRIPTS=1` the first test writes the files anew.
@Suite("Transcripts", .timeLimit(.minutes(2)))
struct TranscriptTests {
  @Test("The files are what the code writes, and there is no other")
  func current() throws {
    if ProcessInfo.processInfo.environment["XIECHA_WRITE_TRANSCRIPTS"] == "1" {
      for transcript in Transcripts.all {
        try transcript.text.write(to: transcript.file, atomically: true, encoding: .utf8)
      }
    }
    for transcript in Transcripts.all {
      let isCurrent = try String(contentsOf: transcript.file, encoding: .utf8) == transcript.text
      #expect(isCurrent, "\(transcript.name).txt")
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: Transcript.folder.path)
    #expect(
      Set(files.filter { $0.hasSuffix(".txt") }) == Set(Transcripts.all.map { "\($0.name).txt" }))
  }

  @Test("Every connection error has a transcript", arguments: WireViolation.Reason.allCases)
  func complete(_ reason: WireViolation.Reason) {
    #expect(Transcripts.all.contains { $0.name == reason.rawValue })
  }

  @Test("Both state machines read them as they are meant", arguments: Transcripts.all.indices)
  func machines(_ index: Int) {
    let transcript = Transcripts.all[index]
    let reading = TranscriptReading(transcript)
    reading.play()
    #expect(reading.mistakes == [], "\(transcript.name)")
    let last = transcript.steps.last
    let (nodeSaid, callerSaid): (String?, String?) =
      switch last {
      case .node(let bytes, _): (RawFrame(bytes)?.goAwayReason, nil)
      case .caller(let bytes, _): (nil, RawFrame(bytes)?.goAwayReason)
      default: (nil, nil)
      }
    // A wrong proof is no broken rule of the frames: the sign-in itself finds it.
    let ofSignIn = ["authentication-failed", "server-not-proven"]
    #expect(
      reading.nodeFound?.rawValue == nodeSaid.flatMap { ofSignIn.contains($0) ? nil : $0 },
      "\(transcript.name)")
    #expect(
      reading.callerFound?.rawValue == callerSaid.flatMap { ofSignIn.contains($0) ? nil : $0 },
      "\(transcript.name)")
  }

  @Test("A real server answers them byte for byte", arguments: Transcripts.all.indices)
  func replay(_ index: Int) async throws {
    let transcript = Transcripts.all[index]
    let network = try await Network.start(limits: transcript.limits, Transcripts.methods)
    if case .raw = transcript.replay { return try await replayFromTheStart(transcript, network) }
    let peer = try await RawPeer.connect(to: network)
    var steps = transcript.steps[...]
    switch transcript.replay {
    case .none, .raw: return await peer.close()
    case .refusedSignIn:
      let refusal = await #expect(throws: RawPeer.Unexpected.self) {
        try await peer.signIn(as: transcript.account, password: "wrong")
      }
      guard case .node(let bytes, _)? = steps.last else { return }
      #expect(refusal?.frame?.bytes == bytes)
      return
    case .signedIn:
      let hello = try await peer.signIn(as: transcript.account, transcript.callerHello)
      guard case .node(let bytes, _)? = steps.first else { return }
      #expect(hello.bytes == bytes)
      steps = steps.dropFirst(Transcript.signInSteps)
    }
    try await play(steps, to: peer, network)
  }

  private func replayFromTheStart(_ transcript: Transcript, _ network: Network) async throws {
    guard case .node(let hello, _)? = transcript.steps.first else { return }
    while true {
      let peer = try await RawPeer.connect(to: network)
      // On a busy machine the time for the sign-in may be over before TLS is up: then once more.
      guard let first = await peer.next() else { continue }
      #expect(first.bytes == hello)
      return try await play(transcript.steps.dropFirst(), to: peer, network)
    }
  }

  private func play(
    _ steps: ArraySlice<Transcript.Step>, to peer: RawPeer, _ network: Network
  ) async throws {
    var draining: Task<Void, Never>?
    var toSend: [UInt8] = []
    for step in steps {
      switch step {
      case .caller(let bytes, _): toSend += bytes
      case .event(.drain):
        draining = Task { await network.server.drain(within: .seconds(10)) }
      case .event: break
      case .node(let bytes, let what):
        if !toSend.isEmpty { peer.send(toSend) }
        toSend = []
        #expect(await peer.next()?.bytes == bytes, "\(what)")
        if what.hasSuffix("closes") { #expect(await peer.next() == nil) }
      }
    }
    await peer.close()
    await draining?.value
  }
}

extension RawFrame {
  /// The one frame in these bytes; nil where it is broken.
  fileprivate init?(_ bytes: [UInt8]) {
    var reader = FrameReader(largestPayloadBytes: 1 << 20)
    var buffer = ByteBuffer(bytes: bytes)
    reader.append(&buffer)
    let frame = try? reader.next { header, payload throws(WireViolation) in
      RawFrame(header: header, payload: Array(payload))
    }
    guard let frame else { return nil }
    self = frame
  }

  fileprivate var goAwayReason: String? {
    header.type == .goAway ? failure?.reason : nil
  }
}
