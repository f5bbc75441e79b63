public import ExchangeRules

/// Where an item stands, numbered as on the wire (`ItemState`).
public enum ItemStage: Int, Sendable, Hashable, CaseIterable {
  case entered = 1
  case submitted = 2
  case relayed = 3
  case delivered = 4
  case received = 5
  case assigned = 6
  case answered = 7
  case closed = 8
  case refused = 9

  /// The word that programs use and that `--state` takes.
  public var word: String {
    switch self {
    case .entered: "entered"
    case .submitted: "submitted"
    case .relayed: "relayed"
    case .delivered: "delivered"
    case .received: "received"
    case .assigned: "assigned"
    case .answered: "answered"
    case .closed: "closed"
    case .refused: "refused"
    }
  }

  /// What an operator reads.
  public var label: BilingualText {
    switch self {
    case .entered: BilingualText(chinese: "已录入", english: "entered")
    case .submitted: BilingualText(chinese: "已提交", english: "submitted")
    case .relayed: BilingualText(chinese: "已转发", english: "relayed")
    case .delivered: BilingualText(chinese: "已送达", english: "delivered")
    case .received: BilingualText(chinese: "已接收", english: "received")
    case .assigned: BilingualText(chinese: "已分解", english: "assigned")
    case .answered: BilingualText(chinese: "已反馈", english: "answered")
    case .closed: BilingualText(chinese: "已办结", english: "closed")
    case .refused: BilingualText(chinese: "被退回", english: "refused")
    }
  }

  /// The stage of a word, in either language, or nil.
  public init?(word: String) {
    let found = ItemStage.allCases.first { stage in
      stage.word == word.lowercased() || stage.label.chinese == word
        || stage.label.chinese == "已" + word
    }
    guard let found else { return nil }
    self = found
  }
}
