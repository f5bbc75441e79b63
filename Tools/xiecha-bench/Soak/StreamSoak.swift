import ExchangeProtos
import NIOPosix
import RPC

/// An operator's lists: streams of two hundred items from a county's node, eight at a time, the
/// ninth given up in the middle.
struct StreamSoak: SoakWork {
  private let place: RelayPlace
  private let network: RelayNetwork
  private let connection: RPCConnection
  private let duration: Duration

  init(step duration: Duration, directory: String) async throws {
    self.duration = duration
    place = try RelayPlace.create(in: directory)
    _ = try await RelayStock(place: place, count: 1_000, isSent: false).put()
    network = RelayNetwork(place)
    try network.startAlone()
    connection = try await network.connectOperator(
      group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
  }

  var servers: [Int32] { network.identifiers }

  func step() async throws -> Int {
    let end = ContinuousClock.now + duration
    var request = ListRequest()
    request.box = .out
    request.limit = 200
    let (asked, connection) = (request, connection)
    return try await withThrowingTaskGroup(of: Int.self) { tasks in
      for reader in 0..<9 {
        tasks.addTask {
          var count = 0
          while ContinuousClock.now < end {
            var seen = 0
            for try await _ in await connection.stream(Items.list, asked) {
              seen += 1
              if reader == 8, seen == 20 { break }
            }
            guard seen > 0 else { throw Subprocess.Ended() }
            count += 1
            // Half a dozen a second are given up, as people do: more is a flood to the node.
            if reader == 8 { try await Task.sleep(for: .milliseconds(150)) }
          }
          return count
        }
      }
      return try await tasks.reduce(0, +)
    }
  }

  func stop() {
    network.stop()
    place.remove()
  }
}
