import Exchange
import ExchangeRules
import Ledger
import LedgerPrograms
import Program
import ReferenceData

/// What the node's ledger says of it.
struct LedgerChecks {
  let node: ExaminedNode
  /// Milliseconds since 1970.
  let now: Int64

  /// Two of the longest time between two backups that is usual, in milliseconds.
  private static let oldestBackup: Int64 = 48 * 3_600_000
  /// From this month on the next year's calendar is to be there (S4.5).
  private static let calendarMonth = 11

  func findings() async -> [Finding] {
    do {
      return try await Ledger.use(node.store, options: LedgerOptions(owner: .administration)) {
        ledger in
        try await ledger.read { try findings(in: $0) }
      }
    } catch {
      return [
        .bad(
          "ledger", BilingualText(chinese: "\(error)", english: "\(error)"),
          remedy: BilingualText(
            chinese: "见出错原因；从备份恢复：xiecha-admin restore",
            english: "see the reason; from a backup: xiecha-admin restore"))
      ]
    }
  }

  private func findings(in ledger: LedgerReader) throws -> [Finding] {
    let owner = try ledger.owner() ?? ""
    guard owner.isEmpty || owner == "\(node.division)" else {
      return [
        .bad(
          "ledger",
          BilingualText(chinese: "数据库属于 \(owner)", english: "it is the ledger of \(owner)"),
          remedy: BilingualText(
            chinese: "核对配置中的 store", english: "check store in the configuration"))
      ]
    }
    let ledgerFinding = Finding.good("ledger", "可用", "it opens, and is this node's")
    return [
      ledgerFinding, try sealing(), backup(try ledger.lastBackup()),
      calendar(try ledger.calendarDays()), try duties(in: ledger),
    ]
      + (try ledger.linkStandings().flatMap { [link($0)] + met($0) })
  }

  /// Whether the ledger says anything to whoever copies its files (GB/T 22239 8.1.4.8).
  private func sealing() throws -> Finding {
    if Ledger.isOnServer(node.store) {
      return .good(
        "sealing", "在数据库服务器上，由其管理员加密", "on a server, whose people encrypt its disks")
    }
    guard let seal = try SealStanding(of: node.store) else {
      return .soon(
        "sealing",
        BilingualText(chinese: "数据库未加密", english: "whoever copies the ledger can read it"),
        remedy: BilingualText(
          chinese: "停止节点后：xiecha-admin store key create、store seal",
          english: "with the node stopped: xiecha-admin store key create, then store seal"))
    }
    return .good(
      "sealing", "已加密，本月密钥生成于 \(seal.newest)",
      "it is encrypted; the key in use was made on \(seal.newest)")
  }

  /// Whether three people keep the node (AC-3); a store from before may have one who did all.
  private func duties(in ledger: LedgerReader) throws -> Finding {
    let (missing, doubled) = try DutySeparation.standing(in: ledger)
    guard doubled.isEmpty else {
      let names = doubled.joined(separator: ", ")
      return .bad(
        "duties",
        BilingualText(
          chinese: "同一人兼任两职：\(names)", english: "one person holds two duties: \(names)"),
        remedy: BilingualText(
          chinese: "停用其一，另定人选：xiecha-admin operator disable",
          english: "switch one off and choose another person: xiecha-admin operator disable"))
    }
    guard missing.isEmpty else {
      let roles = missing.joined(separator: ", ")
      return .soon(
        "duties",
        BilingualText(chinese: "无人担任 \(roles)", english: "nobody is \(roles)"),
        remedy: BilingualText(
          chinese: "xiecha-admin operator add --role ROLE；三员须由三人分任",
          english: "xiecha-admin operator add --role ROLE, a person for each"))
    }
    return .good("duties", "三员由三人分任", "three people hold the three duties")
  }

  private func backup(_ last: BackupNote?) -> Finding {
    guard let last, now - last.at < LedgerChecks.oldestBackup else {
      let at = last.map { TimeText.text($0.at) }
      return .bad(
        "backup",
        BilingualText(
          chinese: at.map { "最近备份是 \($0)" } ?? "从未备份",
          english: at.map { "the last backup is of \($0)" } ?? "it was never backed up"),
        remedy: BilingualText(
          chinese: "配置 backup 并启动节点；xiecha-admin status 显示失败原因",
          english: "configure backup and start the node; xiecha-admin status says why one failed"))
    }
    return .good(
      "backup", "最近备份 \(TimeText.text(last.at))", "the last is of \(TimeText.text(last.at))")
  }

  private func calendar(_ imported: [CalendarDay]) -> Finding {
    let today = CivilDate(chinaDateOf: now)
    let wanted = today.month >= LedgerChecks.calendarMonth ? today.year + 1 : today.year
    let last =
      (try? WorkingCalendar.national.withYears(of: imported))?.coveredYears?.upperBound ?? 0
    guard last >= wanted else {
      return .soon(
        "calendar",
        BilingualText(
          chinese: "工作日历只到 \(last) 年", english: "the working calendar ends with \(last)"),
        remedy: BilingualText(
          chinese: "导入国务院办公厅公布的 \(wanted) 年安排：xiecha-admin calendar import",
          english: "import the arrangement of \(wanted): xiecha-admin calendar import"))
    }
    return .good("calendar", "工作日历到 \(last) 年", "the working calendar reaches to \(last)")
  }

  /// What a neighbour told of itself when the link opened last.
  private func met(_ link: LinkStanding) -> [Finding] {
    guard let met = link.met else { return [] }
    let at = TimeText.text(met.at)
    let clock: Finding
    if met.isClockWrong {
      let seconds = "\(met.ahead / 1000)"
      clock = .soon(
        "clock \(link.peer)",
        BilingualText(
          chinese: "\(at) 其时钟比本机快 \(seconds) 秒",
          english: "its clock was \(seconds) s ahead of this one at \(at)"),
        remedy: BilingualText(
          chinese: "校正不准的一方：timedatectl；随后重新连接即更新",
          english: "set the one that is wrong (timedatectl); it is looked at when the link opens"))
    } else {
      clock = .good(
        "clock \(link.peer)", "\(at) 与本机相差不到 2 秒", "within 2 s of this one at \(at)")
    }
    if met.program.isEmpty { return [clock] }
    return [clock, version(of: link.peer, met.program)]
  }

  /// Versions live beside each other; they are not meant to for years.
  private func version(of peer: String, _ program: String) -> Finding {
    let (area, own) = ("version \(peer)", ProgramVersion.current)
    if program == own { return .good(area, "同为 \(own)", "it runs \(own) too") }
    let isOlder = LedgerChecks.numbers(own).lexicographicallyPrecedes(LedgerChecks.numbers(program))
    let older = isOlder ? "\(node.division)" : peer
    return .soon(
      area,
      BilingualText(
        chinese: "其程序为 \(program)，本机为 \(own)", english: "it runs \(program), this one \(own)"),
      remedy: BilingualText(
        chinese: "不影响交换；请升级 \(older)", english: "they work together; update \(older)"))
  }

  private static func numbers(_ version: String) -> [Int] {
    version.split(separator: ".").map { Int($0) ?? 0 }
  }

  private func link(_ link: LinkStanding) -> Finding {
    let area = "link \(link.peer)"
    if link.other != nil || link.mine != nil {
      return .bad(
        area,
        BilingualText(chinese: "两边所记日志不一致", english: "the two sides remember different logs"),
        remedy: BilingualText(
          chinese: "两端先运行 xiecha-admin audit verify",
          english: "run xiecha-admin audit verify at both ends first"))
    }
    let aside = link.setAside + link.objections
    guard aside == 0 else {
      return .soon(
        area,
        BilingualText(
          chinese: "搁置：本节点 \(link.setAside)，对方 \(link.objections)",
          english: "set aside: \(link.setAside) here, \(link.objections) there"),
        remedy: BilingualText(
          chinese: "xiecha-admin quarantine explain", english: "xiecha-admin quarantine explain"))
    }
    return .good(area, "待送 \(link.waiting)", "\(link.waiting) to send")
  }
}
