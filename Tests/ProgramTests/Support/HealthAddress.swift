import TestSupport
import Testing

/// Where a node tells of its health, asked as a monitoring system does.
struct HealthAddress {
  private let root: String

  /// Starts a node with a health address of its own choice.
  static func start(
    _ division: String, of office: Office
  ) async throws -> (node: RunningNode, health: HealthAddress) {
    try office.change(division, "health", to: ["listen": "127.0.0.1:0"])
    let node = try RunningNode(config: "\(division).json", in: office.folder)
    let health = try await HealthAddress(of: node)
    _ = try #require(await node.line(with: "ready:"))
    return (node, health)
  }

  /// The address that a node's log names.
  init(of node: RunningNode) async throws {
    let line = try #require(await node.line(with: "health and metrics", on: .error))
    let port = try #require(line.matches(of: /:(\d+)/).last).1
    root = "http://127.0.0.1:\(port)"
  }

  func get(
    _ path: String, method: String = "GET"
  ) async throws -> (status: String, type: String, body: String) {
    let run = try await ProgramRun(
      "/usr/bin/python3",
      [
        "-c",
        """
        import sys, urllib.error, urllib.request
        request = urllib.request.Request(sys.argv[1], method=sys.argv[2])
        try:
            answer = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        print(answer.read().decode())
        print(answer.status, answer.headers["content-type"], end="")
        """, root + path, method,
      ], environment: [:], in: "/")
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    let last = lines.last.map(String.init) ?? ""
    return (
      String(last.prefix(3)), String(last.dropFirst(4)), lines.dropLast().joined(separator: "\n")
    )
  }
}
