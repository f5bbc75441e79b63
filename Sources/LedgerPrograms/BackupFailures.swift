public import Backups
public import Presentation

extension BackupFailure: ExplainedError {
  /// What is wrong and what to do, in Chinese after what the reason means.
  public var explanation: ProgramFailure {
    ProgramFailure(exit, reason.rawValue, chinese: "备份：\(meaning)（\(text)）", english: text)
  }

  private var exit: ProgramExit {
    switch reason {
    case .exists, .otherNode, .underWay, .onServer: .refused
    case .notABackup, .newerVersion, .damaged, .cutShort: .badInput
    case .wrongKey: .credentials
    case .ledgerDamaged, .noSpace, .file: .store
    }
  }

  private var meaning: String {
    switch reason {
    case .wrongKey: "手头的密钥打不开这份备份"
    case .exists: "同名文件已存在，不会覆盖"
    case .notABackup: "该文件不是本系统的备份"
    case .newerVersion: "备份由更新版本的程序制作，请升级程序"
    case .otherNode: "这是另一节点的备份"
    case .damaged: "备份已损坏或被改动"
    case .cutShort: "备份不完整，末尾缺失"
    case .ledgerDamaged: "数据库内容损坏"
    case .noSpace: "磁盘空间不足"
    case .underWay: "另一个备份正在进行，请稍后再试"
    case .onServer: "数据库在 PostgreSQL 服务器上，由其自身的工具备份与恢复"
    case .file: "文件无法读写"
    }
  }
}
