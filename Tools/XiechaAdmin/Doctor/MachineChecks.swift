import ExchangeRules
import Foundation
import Glibc
import PrivateFiles
import TLS

/// What the machine gives a node: files that are its own, room, and a clock.
struct MachineChecks {
  let node: ExaminedNode

  /// Below this a disk fills up in days: a county's busy month with its backups, in bytes.
  private static let leastFreeBytes: Int64 = 2 << 30

  func findings() -> [Finding] { [files(), disk(), clock()] }

  /// Keys, passwords and the ledger are their owner's alone.
  private func files() -> Finding {
    var open: [String] = []
    var missing: [String] = []
    let files =
      [node.tls.privateKeyFile, node.storeFile, node.backup?.keyFile].compactMap(\.self)
      + node.neighbours.map(\.passwordFile)
    for file in files {
      if access(file, F_OK) != 0 { missing.append(file) }
      do throws(PrivateFileFailure) {
        try PrivateFile.checkOwnerOnly(file)
      } catch {
        open.append(file)
      }
    }
    if !missing.isEmpty {
      let list = missing.joined(separator: " ")
      return .bad(
        "files", BilingualText(chinese: "缺少 \(list)", english: "missing: \(list)"),
        remedy: BilingualText(
          chinese: "核对配置；从备份恢复见 BURNT-DOWN", english: "check the configuration, or restore them"))
    }
    if !open.isEmpty {
      let list = open.joined(separator: " ")
      return .bad(
        "files",
        BilingualText(chinese: "他人可读：\(list)", english: "others may read: \(list)"),
        remedy: BilingualText(chinese: "chmod 600 \(list)", english: "chmod 600 \(list)"))
    }
    return .good(
      "files", "\(files.count) 个机密文件仅本人可读", "\(files.count) private files are their owner's alone")
  }

  private func disk() -> Finding {
    // Of a ledger on a server, the server's people see to the disk.
    let folder = node.storeFile.map {
      URL(fileURLWithPath: $0).deletingLastPathComponent().path
    }
    let folders = [folder ?? "/", node.backup?.folder].compactMap(\.self)
    let least = folders.compactMap(freeBytes).min() ?? 0
    let text = "\(least >> 20) MiB"
    // A backup needs as much as the store takes.
    guard least >= max(MachineChecks.leastFreeBytes, 2 * (node.storeFile.map(size) ?? 0)) else {
      return .bad(
        "disk", BilingualText(chinese: "磁盘仅余 \(text)", english: "only \(text) of disk are free"),
        remedy: BilingualText(
          chinese: "腾出空间：备份需要数据库大小的两倍",
          english: "free some: backups need twice what the ledger takes"))
    }
    return .good("disk", "磁盘余 \(text)", "\(text) of disk are free")
  }

  /// Whether the system's clock follows another, as systemd knows it.
  private func clock() -> Finding {
    let (asked, output) = (Process(), Pipe())
    asked.executableURL = URL(fileURLWithPath: "/usr/bin/timedatectl")
    asked.arguments = ["show", "--property=NTPSynchronized", "--value"]
    (asked.standardOutput, asked.standardError) = (output, FileHandle.nullDevice)
    let answer: Data
    do {
      try asked.run()
      answer = output.fileHandleForReading.readDataToEndOfFile()
      asked.waitUntilExit()
    } catch {
      answer = Data()
    }
    guard String(decoding: answer, as: UTF8.self).trimmingBlanks == "yes" else {
      return .soon(
        "clock",
        BilingualText(chinese: "时钟未与时间服务器同步", english: "the clock follows no time server"),
        remedy: BilingualText(
          chinese: "启用 systemd-timesyncd 或 chrony：timedatectl set-ntp true",
          english: "start systemd-timesyncd or chrony: timedatectl set-ntp true"))
    }
    return .good("clock", "时钟已同步", "the clock is synchronised")
  }

  private func freeBytes(_ path: String) -> Int64? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    return Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
  }

  private func size(of path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}
