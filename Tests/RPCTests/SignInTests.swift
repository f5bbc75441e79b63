import ExchangeProtos
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import RPC
import Testing
import Wire

@Suite("Signing in", .timeLimit(.minutes(1)))
struct SignInTests {
  @Test("A wrong password and an unknown account get the same answer")
  func wrongPassword() async throws {
    let network = try await Network.start { _ in }
    var answers: [CallFailure] = []
    for (name, password) in [("zhang", "wrong"), ("nobody", "correct horse")] {
      do throws(CallFailure) {
        _ = try await network.connect(as: name, password: password)
        Issue.record("\(name) signed in")
      } catch {
        answers.append(error)
      }
    }
    #expect(answers.count == 2)
    #expect(answers.first == answers.last)
    #expect(answers.first?.status == .unauthenticated)
    #expect(answers.first?.reason == "authentication-failed")
  }

  @Test("A refusal takes the same time whether there is such an account or not")
  func refusalTime() async throws {
    let pauses = NIOLockedValueBox<[Duration]>([])
    let network = try await Network.start(
      pause: { pause in pauses.withLockedValue { $0.append(pause) } }, { _ in })
    for (name, password) in [("zhang", "wrong"), ("nobody", "correct horse")] {
      await #expect(throws: CallFailure.self) {
        _ = try await network.connect(as: name, password: password)
      }
    }
    #expect(
      pauses.withLockedValue(\.self) == [ServerOptions.refusalPause, ServerOptions.refusalPause])
  }

  @Test("A node whose certificate names another division is not talked to")
  func wrongNode() async throws {
    let network = try await Network.start { _ in }
    let failure = await #expect(throws: CallFailure.self) {
      _ = try await network.connect(expecting: "441702")
    }
    #expect(failure?.status == .unavailable)
    #expect(failure?.text.contains("wrong-peer") == true)
  }

  @Test("Nothing listens: one clear line")
  func unreachable() async throws {
    let network = try await Network.start { _ in }
    await network.server.drain(within: .seconds(1))
    let failure = await #expect(throws: CallFailure.self) { _ = try await network.connect() }
    #expect(failure?.status == .unavailable)
    #expect(failure?.reason == "unreachable")
  }

  @Test("A port in use is named, with the remedy")
  func portInUse() async throws {
    let network = try await Network.start { _ in }
    let options = RPCServer.Options(tls: try Network.serverContext(), decoySecret: [1])
    await #expect {
      _ = try await RPCServer.start(
        on: network.server.endpoint, methods: MethodTable(), authenticator: KnownAccounts(),
        options: options, group: MultiThreadedEventLoopGroup.singleton, logger: Network.silent)
    } throws: { "\($0)".contains("choose another port") }
  }
}
