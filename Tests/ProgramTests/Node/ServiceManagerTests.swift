import Foundation
import Logging
import Program
import TestSupport
import Testing

@testable import XiechaNode

@Suite("A node under a service manager", .timeLimit(.minutes(1)))
struct ServiceManagerTests {
  private func start(
    _ office: Office, watchdog: Duration
  ) throws -> (RunningNode, DatagramReceiver) {
    let socket = office.folder.file("n")
    let receiver = try DatagramReceiver(at: socket)
    let microseconds = watchdog.components.seconds * 1_000_000
    let node = try RunningNode(
      config: "440306.json", in: office.folder,
      environment: ["NOTIFY_SOCKET": socket, "WATCHDOG_USEC": "\(microseconds)"])
    return (node, receiver)
  }

  @Test("The manager is told when the node serves, that its writer commits, and when it stops")
  func told() async throws {
    let office = try await Office.ready(Office.county)
    let (node, manager) = try start(office, watchdog: .seconds(2))
    #expect(try manager.text(with: "READY=1").contains("STATUS="))
    #expect(await node.line(with: "ready:") != nil)
    _ = try manager.text(with: "WATCHDOG=1")
    _ = try manager.text(with: "WATCHDOG=1")
    node.signal(SIGTERM)
    _ = try manager.text(with: "STOPPING=1")
    #expect(await node.exit() == 0)
  }

  @Test("While the writer is stuck the watchdog hears nothing, and the manager is told why")
  func stuck() async throws {
    let office = try await Office.ready(Office.county)
    let (node, manager) = try start(office, watchdog: .seconds(2))
    _ = try manager.text(with: "WATCHDOG=1")
    let holder = try WriterHolder(store: "440306.sqlite", in: office.folder)
    let status = try manager.text(with: "STATUS=the ledger's writer does not answer")
    #expect(!status.contains("WATCHDOG=1"))
    try holder.release()
    _ = try manager.text(with: "WATCHDOG=1")
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("Its log tells more with each SIGUSR1, and as much as is configured after SIGUSR2")
  func level() async throws {
    let office = try await Office.ready(Office.county)
    let node = try RunningNode(config: "440306.json", in: office.folder)
    _ = try #require(await node.line(with: "ready:"))
    node.signal(SIGUSR1)
    #expect(await node.line(with: "level=debug", on: .error) != nil)
    node.signal(SIGUSR1)
    #expect(await node.line(with: "level=trace", on: .error) != nil)
    node.signal(SIGUSR2)
    #expect(await node.line(with: "level=info", on: .error) != nil)
    node.signal(SIGTERM)
    #expect(await node.exit() == 0)
  }

  @Test("A line goes to the journal with its fields; a value of several lines has its length")
  func journal() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("j")
    let journal = try DatagramReceiver(at: path)
    let socket = try #require(DatagramSocket(path))
    var handler = JournalHandler(
      "xiecha-node.440306", socket, otherwise: SwiftLogNoOpLogHandler())
    handler[metadataKey: "peer"] = "441702"
    handler.log(
      event: LogEvent(
        level: .warning, message: "set aside", metadata: ["more-before": "3", "text": "a\nb"],
        source: "", file: "", function: "", line: 0))
    let entry = try journal.next()
    let text = String(decoding: entry, as: UTF8.self)
    #expect(text.hasPrefix("MESSAGE\n"), "a message with a line break has its length before it")
    for field in [
      "PRIORITY=4\n", "SYSLOG_IDENTIFIER=xiecha-node\n", "XIECHA_LOGGER=xiecha-node.440306\n",
      "XIECHA_PEER=441702\n", "XIECHA_MORE_BEFORE=3\n",
      "XIECHA_TEXT\n\u{3}\0\0\0\0\0\0\0a\nb\n",
    ] { #expect(text.contains(field), "\(field)") }
  }

  @Test(
    "Where nobody takes datagrams nothing is lost or trapped", arguments: ["/nowhere/n", "n", ""])
  func nobody(path: String) {
    #expect(DatagramSocket(path)?.send([1]) != true)
  }
}
