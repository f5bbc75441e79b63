import Glibc

/// Ends a measured process when the benchmark that started it is gone, however that ended.
enum ParentWatch {
  static func exitWithParent() {
    let parent = getppid()
    Task.detached {
      while getppid() == parent { try await Task.sleep(for: .milliseconds(500)) }
      exit(0)
    }
  }
}
