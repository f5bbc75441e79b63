internal import Glibc

/// Whether the disks have room for a backup or a restored ledger, looked at before anything is written.
enum FreeSpace {
  /// What must be left for the node itself afterwards, in bytes.
  static let reserveBytes: UInt64 = 64 << 20

  /// - Parameter needs: So many bytes in each folder; folders of one disk are added up.
  /// - Throws: ``BackupFailure/Reason/noSpace``, with how much is there and how much is needed.
  static func check(_ needs: [(folder: String, bytes: UInt64)]) throws(BackupFailure) {
    var disks: [UInt: (folder: String, free: UInt64, needed: UInt64)] = [:]
    for (folder, bytes) in needs {
      var (space, status) = (statvfs(), stat())
      guard statvfs(folder, &space) == 0, stat(folder, &status) == 0 else {
        throw BackupFailure(
          .file, "the folder \(folder) cannot be used: \(String(cString: strerror(errno)))")
      }
      let free = UInt64(space.f_bavail) * UInt64(space.f_frsize)
      disks[UInt(status.st_dev), default: (folder, free, reserveBytes)].needed += bytes
    }
    for (_, disk) in disks where disk.free < disk.needed {
      throw BackupFailure(
        .noSpace,
        "\(disk.folder) has \(disk.free >> 20) MiB free; \(disk.needed >> 20) MiB are needed: "
          + "free space on its disk")
    }
  }

  /// The folder of a file.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// How long a file is; 0 where there is none.
  static func bytes(of path: String) -> UInt64 {
    var status = stat()
    return stat(path, &status) == 0 ? UInt64(max(0, status.st_size)) : 0
  }

  /// Whether something of this name is there, be it a link to nothing.
  static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }
}
