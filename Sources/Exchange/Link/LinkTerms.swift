internal import ExchangeProtos
internal import Wire

/// What one side of a link can speak, as its hello says: versions, and features beside them.
///
/// So a network is updated node by node: the newer side speaks the version of the older, and sends no
/// frame that the other has not said it takes.
struct LinkTerms: Sendable, Hashable {
  /// What a side may take or not, whatever the version.
  enum Feature: String, Sendable, CaseIterable {
    /// Letters between offices.
    case letters
    /// Pages of the other side's log.
    case log
    /// Which request an event comes of.
    case trace
  }

  /// The newest and the oldest version that it speaks.
  var versions: ClosedRange<UInt32>
  /// What it takes besides.
  var features: Set<Feature>

  /// What this program speaks.
  static let own = LinkTerms(versions: 1...1, features: Set(Feature.allCases))

  /// What the two sides speak with each other; nil where they have no version in common.
  func agreed(with other: LinkTerms) -> LinkAgreement? {
    let version = min(versions.upperBound, other.versions.upperBound)
    guard versions.contains(version), other.versions.contains(version) else { return nil }
    return LinkAgreement(version: version, features: features.intersection(other.features))
  }

  /// Why two sides cannot speak, and which of them is to be updated.
  func refusal(of other: LinkTerms, own: String, peer: String) -> CallFailure {
    let older = versions.upperBound < other.versions.upperBound ? own : peer
    let (ours, theirs) = (LinkTerms.text(versions), LinkTerms.text(other.versions))
    return CallFailure(
      .failedPrecondition, .linkVersion, field: "hello.version",
      """
      \(own) 的链路版本为 \(ours)，\(peer) 为 \(theirs)，没有共同的版本；请升级 \(older) 的程序 / \
      \(own) speaks version \(ours) of the link, \(peer) version \(theirs), none in common: update \
      the program of \(older)
      """)
  }

  private static func text(_ versions: ClosedRange<UInt32>) -> String {
    versions.count == 1
      ? "\(versions.upperBound)" : "\(versions.lowerBound)–\(versions.upperBound)"
  }
}

/// What both sides of a link speak.
struct LinkAgreement: Sendable, Hashable {
  var version: UInt32
  var features: Set<LinkTerms.Feature>
}

extension LinkTerms {
  /// What a hello says; one of before versions were said speaks the first, with all that there was.
  init(_ hello: LinkHello) {
    let newest = max(hello.version, 1)
    versions = min(max(hello.oldestVersion, 1), newest)...newest
    features =
      hello.version == 0
      ? [.letters, .log] : Set(hello.features.compactMap(Feature.init(rawValue:)))
  }

  /// Says it in a hello.
  func say(in hello: inout LinkHello) {
    hello.version = versions.upperBound
    hello.oldestVersion = versions.lowerBound
    hello.features = features.map(\.rawValue).sorted()
  }
}
