internal import Glibc

/// Whose a file is that root makes for another user, such as the one that runs a node.
public enum FileOwner {
  /// Gives an open file that is the caller's to the owner of another file, or of that one's folder where
  /// it is not there.
  ///
  /// Only root can: to everybody else a new file is his own, and stays so.
  public static func give(_ descriptor: Int32, theOwnerOf path: String) {
    guard geteuid() == 0 else { return }
    var (own, other) = (stat(), stat())
    guard fstat(descriptor, &own) == 0, own.st_uid == geteuid(),
      stat(path, &other) == 0 || stat(folder(of: path), &other) == 0, other.st_uid != own.st_uid
    else { return }
    fchown(descriptor, other.st_uid, other.st_gid)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }
}
