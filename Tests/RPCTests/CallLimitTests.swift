import NIOCore
import Testing

@testable import RPC

@Suite("How many calls a node takes at once")
struct CallLimitTests {
  private let second = TimeAmount.seconds(1)

  /// Takes and gives back one call after the other, with so many others under way.
  private func run(
    _ limit: CallLimit, calls: Int, under way: Int, took: TimeAmount, from start: NIODeadline
  ) -> NIODeadline {
    var now = start
    let shares = (0..<way).map { AccountShare("\($0)") }
    let taken = shares.filter { limit.take(.unary, of: $0) }
    let share = AccountShare("one")
    for _ in 0..<calls {
      now = now + .milliseconds(1)
      guard limit.take(.unary, of: share) else { continue }
      limit.learn(took: took, of: second, now: now)
      limit.giveBack(.unary, of: share)
    }
    for share in taken { limit.giveBack(.unary, of: share) }
    return now
  }

  @Test("It rises while calls are done in time and it is used, up to the largest")
  func rises() {
    let limit = CallLimit(largest: 4096)
    #expect(limit.current == 256)
    _ = run(limit, calls: 100, under: 10, took: .milliseconds(5), from: .now())
    #expect(limit.current == 256)
    _ = run(limit, calls: 100, under: 120, took: .milliseconds(5), from: .now())
    #expect(limit.current == 356)
    for _ in 0..<50 {
      _ = run(limit, calls: 200, under: limit.current - 1, took: .milliseconds(5), from: .now())
    }
    #expect(limit.current == 4096)
  }

  @Test("It falls by a quarter, once in the time that calls take, and not below the least")
  func falls() {
    let limit = CallLimit(largest: 4096)
    var now = NIODeadline.now()
    now = run(limit, calls: 60, under: 60, took: .milliseconds(63), from: now)
    #expect(limit.current == 192)
    now = run(limit, calls: 60, under: 60, took: .milliseconds(63), from: now)
    #expect(limit.current == 144)
    for _ in 0..<20 { now = run(limit, calls: 200, under: 60, took: .milliseconds(63), from: now) }
    #expect(limit.current == CallLimit.leastCalls)
  }

  @Test("A largest limit under the least is kept as it is")
  func small() {
    let limit = CallLimit(largest: 1)
    let share = AccountShare("one")
    #expect(limit.take(.unary, of: share))
    #expect(!limit.take(.unary, of: share))
    limit.learn(took: .seconds(9), of: second, now: .now())
    limit.giveBack(.unary, of: share)
    #expect(limit.current == 1)
    #expect(limit.take(.unary, of: share))
  }

  @Test("Links and streams have places of their own, however low the limit has fallen")
  func lasting() {
    let limit = CallLimit(largest: 256)
    _ = run(limit, calls: 2000, under: 30, took: .milliseconds(500), from: .now())
    #expect(limit.current == CallLimit.leastCalls)
    let nodes = (0..<257).map { AccountShare("node:\($0)") }
    #expect(nodes.map { limit.take(.lasting, of: $0) }.filter { $0 }.count == 256)
    #expect(limit.take(.unary, of: nodes[0]))
    for node in nodes.prefix(256) { limit.giveBack(.lasting, of: node) }
    #expect(limit.take(.lasting, of: nodes[256]))
  }
}
