import RPC
import Testing
import Wire

@Suite("The addresses of one node, tried in turn")
struct AddressRoundTests {
  private static let unreachable = CallFailure(.unavailable, .unreachable, "not there")

  @Test("Names, numbers and both kinds of IP are read; one that is none makes the list none")
  func reading() {
    let list = Endpoint.list("county.example:7306, 10.1.2.3:1 ,[2001:db8::1]:7306")
    #expect(
      list == [
        Endpoint(host: "county.example", port: 7306), Endpoint(host: "10.1.2.3", port: 1),
        Endpoint(host: "2001:db8::1", port: 7306),
      ])
    #expect(list?.last?.description == "[2001:db8::1]:7306")
    for wrong in ["", "a:1,", ",a:1", "a:1,,b:2", "a", "a:65536", "[::1]"] {
      #expect(Endpoint.list(wrong) == nil, "\(wrong)")
    }
  }

  /// Which addresses were dialled, where those of `there` answer.
  private func dialled(_ round: AddressRound, there: Set<Int>) async -> [Int] {
    var tried: [Int] = []
    do throws(CallFailure) {
      _ = try await round.first { endpoint async throws(CallFailure) -> Int in
        tried.append(endpoint.port)
        guard there.contains(endpoint.port) else { throw Self.unreachable }
        return endpoint.port
      }
    } catch {
      #expect(error == Self.unreachable)
    }
    return tried
  }

  @Test("It begins with the one that answered last, and goes once round")
  func round() async {
    let round = AddressRound((1...3).map { Endpoint(host: "node", port: $0) })
    #expect(await dialled(round, there: [2]) == [1, 2])
    #expect(await dialled(round, there: [1, 2, 3]) == [2])
    #expect(await dialled(round, there: [1]) == [2, 3, 1])
    #expect(await dialled(round, there: []) == [1, 2, 3])
    #expect(await dialled(round, there: [1, 2, 3]) == [1])
  }

  @Test("A node that answers and refuses is not asked again at its other addresses")
  func refused() async {
    let round = AddressRound((1...3).map { Endpoint(host: "node", port: $0) })
    var tried = 0
    do throws(CallFailure) {
      _ = try await round.first { _ async throws(CallFailure) -> Int in
        tried += 1
        throw CallFailure(.unauthenticated, .authenticationFailed, "no")
      }
      Issue.record("a refusal is no answer")
    } catch {
      #expect(error.status == .unauthenticated)
    }
    #expect(tried == 1)
  }
}
