public import Ledger
public import Presentation

extension LedgerFailure: ExplainedError {
  /// What is wrong and what to do: the ledger's own line, which names the file or the account; in
  /// Chinese after what the reason means.
  public var explanation: ProgramFailure {
    ProgramFailure(
      isRefusal ? .refused : .store, chinese: "数据库：\(meaning)（\(text)）", english: text)
  }

  /// Whether the ledger works, and what was asked of it is what is wrong.
  private var isRefusal: Bool {
    switch reason {
    case .notALedger, .newerVersion, .unreadable, .readOnly, .sealed, .inUse, .diskFull,
      .cannotSign,
      .storage, .corrupt, .closed, .busy:
      false
    case .unknownItem, .unknown, .exists, .conflict, .sequence, .invalid: true
    }
  }

  private var meaning: String {
    switch reason {
    case .notALedger: "该处不是本系统的数据库，请核对路径或连接串"
    case .newerVersion: "数据库由更新版本的程序写成，请升级程序"
    case .unreadable: "无法打开数据库，请检查路径或服务器，以及权限"
    case .readOnly: "数据库只读，请检查权限；服务器须是可写的主机"
    case .sealed: "数据库已加密，密钥不在手头或不能用"
    case .inUse: "数据库正被另一个进程占用，请先停止该进程"
    case .diskFull: "磁盘已满，本次未保存，请清理后重试"
    case .cannotSign: "时钟不在节点证书有效期内，本次未保存，请校正时钟或更换证书"
    case .storage: "存储读写失败，请检查磁盘"
    case .corrupt: "数据库内容损坏，请用最近的备份恢复"
    case .closed: "数据库已关闭"
    case .busy: "数据库忙，请稍后重试"
    case .unknownItem: "没有这条信息，请核对编号"
    case .unknown: "没有这样的账号、节点、会话或记录，请列出后核对"
    case .exists: "已经存在，请换一个名称"
    case .conflict: "编号相同而内容不同"
    case .sequence: "对方的序号不符"
    case .invalid: "数值不合要求"
    }
  }
}
