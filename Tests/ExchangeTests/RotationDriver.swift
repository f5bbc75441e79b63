import ExchangeRules
import RPC
import TLS
import TestNodes
import Wire

@testable import Exchange

/// Takes the steps of a rotation one by one, in the place of a link that is cut.
struct RotationDriver {
  let rotation: Rotation
  let uplink: TestUplink

  init(_ network: TestNetwork, _ division: String) throws {
    let office = network[division]
    guard let above = office.above, let code = DivisionCode(above) else { throw Office.Stopped() }
    uplink = try office.uplink {
      guard let endpoint = network[above].endpoint else { throw Office.Stopped() }
      return endpoint
    }
    rotation = Rotation(node: try office.node, peer: code, secret: uplink)
  }

  /// As the link does: with what is in force, or with the new key where that alone counts above.
  private func connect() async throws -> RPCConnection {
    do {
      return try await uplink.connect(with: .inForce)
    } catch let failure as CallFailure
      where failure.status == .unauthenticated && uplink.keys.hasComing
    {
      return try await uplink.connect(with: .comingKey)
    }
  }

  func advance() async throws -> Bool {
    let connection = try await connect()
    do {
      let isMore = try await rotation.advance(over: connection)
      await connection.close()
      return isMore
    } catch {
      await connection.close()
      throw error
    }
  }
}
