import CSimulatedMachine
import Glibc

/// Looks for the fewest strikes of the weather with which a seed still shows that something is wrong.
///
/// Delta debugging (Zeller, Hildebrandt 2002) over the numbers of the strikes; each attempt is a run of
/// this program, because a process has one simulation.
struct Shrinking {
  let seed: UInt64
  let stretches: Int
  let disks: String
  /// Of the real machine, in nanoseconds.
  let deadline: Int64

  /// The numbers of the strikes, and what the run with them has said.
  func shrink(_ strikes: Int) -> [Int] {
    var kept = Array(1...max(1, strikes))
    if isWrong([]) { return [] }
    var pieces = 2
    while kept.count > 1, sim_real_nanoseconds() < deadline {
      let size = max(1, (kept.count + pieces - 1) / pieces)
      let parts = stride(from: 0, to: kept.count, by: size).map { begin in
        Array(kept[begin..<min(begin + size, kept.count)])
      }
      let without = parts.map { part in kept.filter { !part.contains($0) } }
      if let shorter = without.first(where: { !$0.isEmpty && isWrong($0) }) {
        kept = shorter
        pieces = max(2, pieces - 1)
      } else if size == 1 {
        return kept
      } else {
        pieces = min(kept.count, pieces * 2)
      }
    }
    return kept
  }

  private func isWrong(_ strikes: [Int]) -> Bool {
    guard sim_real_nanoseconds() < deadline else { return false }
    let only = strikes.isEmpty ? "0" : strikes.map(String.init).joined(separator: ",")
    let arguments = [
      "xiecha-sim", "--seed", "\(seed)", "--stretches", "\(stretches)", "--exchanges", "1000000",
      "--disks", disks, "--minutes", "5", "--only", only,
    ]
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    for file in [STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&files, file, "/dev/null", O_WRONLY, 0)
    }
    var process = pid_t()
    guard posix_spawn(&process, "/proc/self/exe", &files, nil, &words, environ) == 0 else {
      return false
    }
    var status = Int32()
    return waitpid(process, &status, 0) == process && status != 0
  }
}
