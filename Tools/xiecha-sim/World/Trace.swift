import CSimulatedMachine
import Foundation

/// What has happened, line by line: two runs of one seed have the same, byte for byte.
final class Trace: @unchecked Sendable {
  private let file: FileHandle?
  private var waiting = ""
  /// Where the disks lie, which differs from run to run, and so is not told.
  private let folder: String
  /// FNV-1a over all lines.
  private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var lines = 0

  /// A trace that is only counted, or also written.
  init(path: String?, folder: String) throws {
    self.folder = folder
    guard let path else {
      file = nil
      return
    }
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  /// Adds a line.
  func note(_ who: String, _ what: String) {
    let told = what.contains(folder) ? what.replacingOccurrences(of: folder, with: "") : what
    let line = "\(sim_clock_now() / 1000) \(who) \(told)\n"
    for byte in line.utf8 { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
    lines += 1
    guard file != nil else { return }
    waiting += line
    if waiting.utf8.count > 1 << 16 { flush() }
  }

  /// Writes what waits.
  func flush() {
    file?.write(Data(waiting.utf8))
    waiting = ""
  }
}
