/// Where a node listens: a host name or address, and a port from 0 to 65535.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// A name or an address, such as `127.0.0.1` or `county.example`.
  public var host: String
  /// The port; 0 lets the system choose when listening.
  public var port: Int

  /// An endpoint of its parts.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `host:port` or `[v6-address]:port`; nil if it is neither.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"),
      let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    guard !host.isEmpty else { return nil }
    self.init(host: String(host), port: port)
  }

  /// Reads one, or several with commas between; nil where one of them is none.
  public static func list(_ text: String) -> [Endpoint]? {
    var endpoints: [Endpoint] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let word = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
      guard let endpoint = Endpoint(String(word)) else { return nil }
      endpoints.append(endpoint)
    }
    return endpoints
  }

  /// `host:port`.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
