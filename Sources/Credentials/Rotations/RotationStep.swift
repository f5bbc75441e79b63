/// How far a rotation has come: a credential of this node is replaced at the node above, the new one
/// valid beside the old until it was seen in use (S8.1).
///
/// Each step is one commit, so that a node that is killed goes on from the last one.
public enum RotationStep: Int, Sendable, Hashable, CaseIterable {
  /// An administrator has asked for it.
  case asked = 1
  /// The node above takes the new one beside the old.
  case offered
  /// The node above was signed in to with the new one.
  case proven
  /// The new one is in its place at this node.
  case switched
  /// The node above takes the new one alone: it is over.
  case done
  /// An administrator has asked that it goes back.
  case goingBack
  /// The old one counts alone again: it is over.
  case undone

  /// Whether nothing more happens.
  public var isOver: Bool { self == .done || self == .undone }

  /// Its stable name.
  public var name: String {
    switch self {
    case .asked: "asked"
    case .offered: "offered"
    case .proven: "proven"
    case .switched: "switched"
    case .done: "done"
    case .goingBack: "going-back"
    case .undone: "undone"
    }
  }
}
