import Credentials
import ExchangeRules
import TestSupport
import Testing

@testable import Ledger

@Suite("An entry of the log is proven by a few hashes (RFC 9162, sections 2.1.3 and 2.1.4)")
struct LogProofTests {
  private struct Signer: LogSigner {
    let fingerprint = [UInt8](repeating: 9, count: 32)
    func sign(_ bytes: [UInt8], at _: Int64) -> [UInt8] { SHA256Digest.of([7] + bytes) }
  }

  private static func leaf(_ number: Int) -> [UInt8] { HashTree.leaf([UInt8(number)]) }

  private static func root(_ leaves: Range<Int>) -> [UInt8] {
    var tree = GrowingHashTree()
    for number in leaves { tree.append(leaf: leaf(number)) }
    return tree.root
  }

  /// The check of a consistency proof as the RFC words it (section 2.1.4.2).
  private static func holds(
    _ proof: [[UInt8]], from older: (count: Int, root: [UInt8]),
    to newer: (count: Int, root: [UInt8])
  ) -> Bool {
    if older.count == newer.count { return proof.isEmpty && older.root == newer.root }
    var path = older.count & (older.count - 1) == 0 ? [older.root] + proof : proof
    var (fn, sn) = (older.count - 1, newer.count - 1)
    while fn & 1 == 1 { (fn, sn) = (fn >> 1, sn >> 1) }
    guard !path.isEmpty else { return false }
    let first = path.removeFirst()
    var (fr, sr) = (first, first)
    for hash in path {
      if sn == 0 { return false }
      if fn & 1 == 1 || fn == sn {
        fr = SHA256Digest.of([1] + hash + fr)
        sr = SHA256Digest.of([1] + hash + sr)
        while fn & 1 == 0, fn != 0 { (fn, sn) = (fn >> 1, sn >> 1) }
      } else {
        sr = SHA256Digest.of([1] + sr + hash)
      }
      (fn, sn) = (fn >> 1, sn >> 1)
    }
    return sn == 0 && fr == older.root && sr == newer.root
  }

  @Test("Each leaf leads to the root, in trees of every size", arguments: 1...33)
  func inclusion(count: Int) {
    let root = Self.root(0..<count)
    for place in 0..<count {
      let parts = GrowthProof.inclusion(of: place, in: count)
      #expect(parts.map(\.side) == HashTree.sides(at: place, of: count))
      let path = parts.flatMap { Self.root($0.range) }
      #expect(HashTree.root(from: Self.leaf(place), at: place, of: count, along: path) == root)
    }
  }

  @Test(
    "Each tree is shown to have grown from each smaller one, and from no other", arguments: 1...33)
  func consistency(count: Int) {
    let newer = (count, Self.root(0..<count))
    for older in 1...count {
      let proof = GrowthProof.consistency(of: older, with: count).map(Self.root)
      #expect(Self.holds(proof, from: (older, Self.root(0..<older)), to: newer))
      #expect(!Self.holds(proof, from: (older, Self.root(1..<older + 1)), to: newer))
    }
  }

  @Test("A ledger proves each of its entries by its last signed page, from any page on")
  func ledger() async throws {
    let folder = try TemporaryFolder()
    let made = Made(seed: 5)
    let ledger = try Ledger(path: folder.ledger)
    ledger.sign(by: Signer())
    let (item, entered) = made.item()
    try await ledger.commit { _ = try $0.insert(item, entered: entered) }
    for number in 0..<9 {
      let reading = TraceEntry(
        at: Made.noon, actor: Made.operatorA, action: "follow", purpose: "\(number)", item: item.id)
      try await ledger.commit { try $0.leaveTrace(reading) }
    }
    for page in Int64(1)...10 {
      for known in [nil, 1, 7, 10] as [Int64?] {
        let proof = try await ledger.read {
          try $0.proof(of: LogPlace(page: page, entry: 0), since: known)
        }
        let found = try #require(proof)
        #expect(found.head.number == 10)
        let leaf = HashTree.leaf([found.record.letter], SHA256Digest.of(found.record.digested))
        #expect(found.page.leaves == [leaf])
        let path = found.inclusion.flatMap(\.hash)
        let root = HashTree.root(
          from: found.page.leaf, at: Int(page) - 1, of: 10, along: path)
        #expect(root == found.head.log)
        let older = (count: Int(found.known.pages), root: found.known.log)
        #expect(Self.holds(found.consistency, from: older, to: (10, found.head.log)))
      }
    }
    let nothing = try await ledger.read { ledger in
      (
        try ledger.proof(of: LogPlace(page: 11, entry: 0)),
        try ledger.proof(of: LogPlace(page: 1, entry: 1)), try ledger.proof(of: .none),
        try ledger.proof(of: LogPlace(page: 1, entry: 0), since: 11)
      )
    }
    #expect(nothing.0 == nil && nothing.1 == nil && nothing.2 == nil && nothing.3 == nil)
    try ledger.close()
  }
}
