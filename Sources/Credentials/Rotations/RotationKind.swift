/// What is rotated: a credential of this node at a node above.
public enum RotationKind: Int, Sendable, Hashable, CaseIterable {
  /// The password of its account there.
  case password = 1
  /// Its key, and the certificate for it.
  case key

  /// Its stable name.
  public var name: String {
    switch self {
    case .password: "password"
    case .key: "key"
    }
  }

  /// Whether a rotation at this step can still go back: the old credential is in its place here, and
  /// counts above.
  ///
  /// The first use of a certificate makes it the only one; a password waits for its retirement.
  public func canGoBack(at step: RotationStep) -> Bool {
    switch step {
    case .asked, .offered: true
    case .proven: self == .password
    case .switched, .done, .goingBack, .undone: false
    }
  }
}
