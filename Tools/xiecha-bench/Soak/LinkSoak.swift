import ExchangeProtos
import Ledger
import NIOCore
import NIOPosix
import RPC

/// Items that an operator enters and sends, sixty-four at a time, until each is on the other county's
/// disk.
struct LinkSoak: SoakWork {
  private let place: RelayPlace
  private let network: RelayNetwork
  private let connection: RPCConnection
  private let reader: Ledger
  private let duration: Duration

  init(step duration: Duration, directory: String) async throws {
    self.duration = duration
    place = try RelayPlace.create(in: directory)
    network = RelayNetwork(place)
    try network.startAsking(above: try network.startReceivers())
    reader = try network.reader(of: RelayPlace.asked)
    connection = try await network.connectOperator(
      group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
  }

  var servers: [Int32] { network.identifiers }

  func step() async throws -> Int {
    let end = ContinuousClock.now + duration
    let connection = connection
    var count = 0
    while ContinuousClock.now < end {
      let identities = (0..<64).map { _ in LedgerID(version7At: place.now()) }
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for id in identities { tasks.addTask { try await LinkSoak.send(id, over: connection) } }
        try await tasks.waitForAll()
      }
      try await ArrivalWatch(
        ledger: reader, identities: identities, limit: .seconds(60), interval: .milliseconds(20)
      ).run { _, _ in }
      count += identities.count
    }
    return count
  }

  private static func send(_ id: LedgerID, over connection: RPCConnection) async throws {
    var entry = EnterRequest()
    entry.item = RelayStock.item
    entry.item?.id = id.bytes
    _ = try await connection.call(Items.enter, entry)
    var sending = ItemsRequest()
    sending.ids = [id.bytes]
    _ = try await connection.call(Items.send, sending)
  }

  func stop() {
    network.stop()
    place.remove()
  }
}
