import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestSupport
import Testing
import Wire

@testable import Exchange

@Suite(
  "Two sides of a link speak what both can (fault 60)", .timeLimit(.minutes(30)))
struct LinkTermsTests {
  private static let county = TestNetwork.residence
  private static let province = TestNetwork.province

  private static func terms(
    _ versions: ClosedRange<UInt32>, _ features: Set<LinkTerms.Feature> = []
  ) -> LinkTerms {
    LinkTerms(versions: versions, features: features)
  }

  @Test("the newer side speaks the version of the older, and both agree on it")
  func lower() {
    let (older, newer) = (Self.terms(1...2, [.letters]), Self.terms(1...5, [.letters, .log]))
    let agreed = LinkAgreement(version: 2, features: [.letters])
    #expect(older.agreed(with: newer) == agreed)
    #expect(newer.agreed(with: older) == agreed)
  }

  @Test("without a version in common the older side is named, by both")
  func apart() {
    let (older, newer) = (Self.terms(1...2), Self.terms(3...5))
    #expect(older.agreed(with: newer) == nil)
    #expect(newer.agreed(with: older) == nil)
    let told = older.refusal(of: newer, own: "440306", peer: "440000")
    #expect(told.reason == "link-version")
    #expect(told.text.contains("请升级 440306 的程序"))
    let seen = newer.refusal(of: older, own: "440000", peer: "440306")
    #expect(seen.text.contains("update the program of 440306"))
  }

  @Test("a hello without a version is of the first, and takes letters and logs")
  func before() {
    let said = LinkTerms(LinkHello())
    #expect(said == Self.terms(1...1, [.letters, .log]))
  }

  @Test("what a hello says comes back from it; features that are not known are passed over")
  func said() throws {
    var hello = LinkHello()
    LinkTerms.own.say(in: &hello)
    hello.features.append("telepathy")
    #expect(LinkTerms(hello) == .own)
  }

  /// What the province sends first of a kind, within the first frames of a link that says something.
  private func sends(
    _ network: TestNetwork, saying say: (inout LinkHello) -> Void,
    until isFound: (LinkFrame.Frame) -> Bool
  ) async throws -> [LinkFrame.Frame] {
    let link = try await ForgedLink.open(network, as: Self.county, at: Self.province, saying: say)
    var frames: [LinkFrame.Frame] = []
    while let frame = try await link.replies.next()?.frame {
      frames.append(frame)
      if isFound(frame) { break }
    }
    await link.cut()
    return frames
  }

  @Test("a neighbour of a later version, with features of later, is spoken with in this one's")
  func later() async throws {
    let network = try await TestNetwork.start()
    try await network[Self.county].kill()
    let frames = try await sends(network) { hello in
      hello.version = 7
      hello.features = ["telepathy", "log"]
    } until: {
      if case .log = $0 { true } else { false }
    }
    guard case .hello(let hello)? = frames.first else {
      Issue.record("no hello came first")
      return
    }
    #expect(hello.version == 1)
    #expect(hello.features == ["letters", "log", "trace"])
    #expect(frames.count > 1)
    try await network.stop()
  }

  @Test("a neighbour that takes no logs is sent none; it is told all the rest")
  func without() async throws {
    let network = try await TestNetwork.start()
    try await network[Self.county].kill()
    let frames = try await sends(network) {
      $0.version = 1
    } until: {
      if case .told = $0 { true } else { false }
    }
    let logs = frames.filter { if case .log = $0 { true } else { false } }
    #expect(frames.count > 1)
    #expect(logs.isEmpty)
    try await network.stop()
  }

  @Test(
    "a neighbour's clock, and its program's version, are remembered; no time that it says harms")
  func clocks() async throws {
    let network = try await TestNetwork.start()
    try await network[Self.county].kill()
    for (now, ahead) in [
      (Int64.min, 0), (-1, 0), (network.clock.now() + 7_200_000, 7_200_000),
      (Int64.max, Int64.max - network.clock.now()),
    ] {
      _ = try await sends(network) { hello in
        hello.version = 1
        hello.now = now
        hello.program = "0.8.\(ahead % 10)"
      } until: {
        if case .told = $0 { true } else { false }
      }
      let met = try await network[Self.province].node.ledger.read { ledger in
        try ledger.linkStandings().first { $0.peer == Self.county }?.met
      }
      #expect(met?.ahead == ahead)
      #expect(met?.program == "0.8.\(ahead % 10)")
      #expect(met?.isClockWrong == (ahead != 0))
    }
    try await network.stop()
  }

  @Test("a neighbour that speaks later versions alone is refused, and this node's log says why")
  func tooNew() async throws {
    let network = try await TestNetwork.start()
    try await network[Self.county].kill()
    let failure = await #expect(throws: CallFailure.self) {
      try await sends(network) { hello in
        hello.version = 9
        hello.oldestVersion = 5
      } until: { _ in
        false
      }
    }
    #expect(failure?.reason == "link-version")
    #expect(failure?.text.contains("update the program of 440000") == true)
    let line = "a link has no version in common with a neighbour's program"
    #expect(network.lines.count(of: line, peer: Self.county) == 1)
    try await network.stop()
  }
}
