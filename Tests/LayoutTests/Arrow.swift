/// A file names what another file declares.
struct Arrow: Hashable, CustomStringConvertible {
  let from: String
  let to: String
  /// The first such name in the text of `from`.
  let name: String

  var description: String { "\(from) names \(name) of \(to)" }
}
