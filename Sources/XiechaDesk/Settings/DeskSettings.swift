import RPC

/// What a desk is started with.
struct DeskSettings: Sendable {
  /// Where browsers come; port 0 takes a free one.
  var listen: Endpoint
  /// Its certificate and key; nil: plain HTTP, for a proxy on the same machine.
  var identity: Identity?
  /// `host:port` of the node.
  var node: String
  /// The division that the node's certificate must name.
  var division: String
  /// The file of the authority that issued the node's certificate.
  var trust: String

  /// The files by which a desk proves itself to browsers.
  struct Identity: Sendable {
    var certificateFile: String
    var keyFile: String
  }
}
