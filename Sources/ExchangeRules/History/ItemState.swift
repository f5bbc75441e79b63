/// How far an item has come, numbered as on the wire and on disk.
///
///     entered → submitted → relayed → delivered → received → assigned → answered → closed
public enum ItemState: Int, CaseIterable, Hashable, Sendable, Comparable {
  /// Written, not yet sent.
  case entered = 1
  /// Sent by the author's county.
  case submitted = 2
  /// Passed on by the province.
  case relayed = 3
  /// On the disk of the county that is asked.
  case delivered = 4
  /// Taken by that county.
  case received = 5
  /// Given to a township or village.
  case assigned = 6
  /// Answered.
  case answered = 7
  /// Done.
  case closed = 8
  /// Not taken by a node on the way.
  case refused = 9
  /// Taken back by the side that asked: nobody owes anything any more.
  case withdrawn = 10

  /// The word that programs use and that `--state` takes.
  public var word: String { ItemState.words[rawValue - 1] }

  // A case's name is looked up in the type's metadata: once is enough.
  private static let words = allCases.map { "\($0)" }

  /// What an operator reads.
  public var label: BilingualText {
    BilingualText(chinese: chinese, english: word)
  }

  private var chinese: String {
    switch self {
    case .entered: "已录入"
    case .submitted: "已提交"
    case .relayed: "已转发"
    case .delivered: "已送达"
    case .received: "已接收"
    case .assigned: "已分解"
    case .answered: "已反馈"
    case .closed: "已办结"
    case .refused: "被退回"
    case .withdrawn: "已撤回"
    }
  }

  /// The state of a word, in either language and with or without 已, or nil.
  public init?(word: String) {
    let found = ItemState.allCases.first { state in
      state.word == word.lowercased() || state.label.chinese == word
        || state.label.chinese == "已" + word
    }
    guard let found else { return nil }
    self = found
  }

  /// Ordered by progress.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// What an item in this state still needs, from whichever side (S4, S6.6).
  public func need(feedbackRequired: Bool) -> ItemNeed {
    switch self {
    case .submitted, .relayed, .delivered: .receipt
    case .received, .assigned: feedbackRequired ? .feedback : .nothing
    case .entered, .answered, .closed, .refused, .withdrawn: .nothing
    }
  }
}
