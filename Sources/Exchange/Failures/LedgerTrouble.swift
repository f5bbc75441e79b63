internal import ExchangeRules
internal import Ledger
internal import Wire

extension CallFailure {
  /// What a caller is told of the ledger's refusal: whose fault it is, and when to try again.
  init(ledger error: any Error) {
    guard let failure = error as? LedgerFailure else {
      self = error as? CallFailure ?? CallFailure(.internal, .internal, "the node's log says why")
      return
    }
    switch failure.reason {
    case .busy:
      self.init(
        .resourceExhausted, .busy, "系统忙，请稍后再试 / too much waits for the disk; try again soon",
        retryAfterMilliseconds: UInt32(clamping: failure.retryAfterMilliseconds ?? 250))
    case .diskFull:
      self.init(
        .resourceExhausted, .diskFull,
        "节点磁盘已满，未保存 / the node's disk is full; nothing was kept: tell its administrator")
    case .cannotSign:
      self.init(
        .unavailable, .cannotSign,
        "节点时钟不在其证书有效期内，未保存 / the node's clock is outside the validity of its certificate; "
          + "nothing was kept: tell its administrator")
    case .unknownItem, .unknown: self.init(.notFound, .unknown, failure.text)
    case .exists, .conflict: self.init(.alreadyExists, .conflict, failure.text)
    case .sequence: self.init(.invalidArgument, .sequence, failure.text)
    case .invalid: self.init(.invalidArgument, .invalid, failure.text)
    default: self.init(.unavailable, .ledger, "节点存储暂不可用 / the node's store cannot be used now")
    }
  }
}

extension CallFailure {
  /// An item that is not here, or that the caller may not know of.
  static let unknownItem = CallFailure(
    .notFound, .unknownItem, field: "id", "没有这条信息 / no such item is known here")

  /// Nobody reads a record without saying what for (G2).
  static let noPurpose = CallFailure(
    .invalidArgument, .missingField, field: "purpose",
    "须说明查阅目的 / say what the record is read for")

  /// A code that no division ever had.
  static func noDivision(_ code: String, field: String) -> CallFailure {
    CallFailure(
      .invalidArgument, .unknownDivision, field: field,
      "没有代码为\(code)的行政区划 / no division ever had the code \(code)")
  }

  /// A name that no fact of a person has.
  static func noSubjectField(field: String) -> CallFailure {
    CallFailure(
      .invalidArgument, word: RuleReason.unknown.rawValue, field: field,
      "须为以下各项 / one of: \(SubjectField.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  /// What an item said was removed (G6, PIPL 47): nothing happens to it any more.
  static let removed = CallFailure(
    .failedPrecondition, .removed, field: "id",
    "该信息的内容已删除，仅存证明 / what the item said was removed; its proof is left")
}
