import Exchange
import ExchangeProtos
import ExchangeRules
import Ledger
import RPC
import TestNodes
import Testing
import Wire

@Suite("G3: no log and no refusal says a name, a number or an address", .timeLimit(.minutes(5)))
struct NamelessTextTests {
  /// What an item says of the person, and a password.
  private static let words = [
    Cases.number, String(Cases.number.dropLast()), "王样例", "示例路1号", "样例村2号", TestNode.password,
  ]

  private func refusal(_ work: () async throws -> Void) async -> String {
    do {
      try await work()
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test("through entries that are refused, a whole life, a false seal, a cut and a wrong sign-in")
  func everywhere() async throws {
    let network = try await TestNetwork.start()
    network.lines.watch(for: Self.words)
    let author = network[TestNetwork.residenceTowns[0]]
    var texts: [String] = []
    for (_, _, change) in RefusalTests.entries {
      var item = Cases.assistRequest()
      change(&item)
      let wrong = item
      texts.append(await refusal { try await author.enter(wrong) })
    }
    let id = try await network.deliverAndClose(Cases.assistRequest())
    let asked = network[TestNetwork.household]
    texts.append(await refusal { try await asked.answer(id, .found) })
    texts.append(await refusal { try await author.assign(id, to: "000000") })
    // A person's number, or a password, that was typed as the name of an account.
    for name in [Cases.number, TestNode.password.replacing(" ", with: "-"), "王样例"] {
      texts.append(
        await refusal { await (try await asked.signIn(as: name)).close() })
    }
    try await network.isolate(TestNetwork.household)
    network.mend(TestNetwork.household)
    var same = Cases.assistRequest()
    same.subject?.name = "王样例二"
    let other = same
    texts.append(await refusal { try await author.enter(other) })
    try await network.stop()

    #expect(texts.count { !$0.isEmpty } == texts.count, "each was refused")
    for text in texts {
      #expect(!Self.words.contains(where: text.contains), "\(text)")
    }
    let (found, lines) = network.lines.watchedLines
    #expect(found == [])
    #expect(lines > 10, "the nodes have logged something")
  }
}
