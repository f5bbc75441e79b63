import ArgumentParser
import Glibc

/// A network on a simulated machine.
@main
enum Main {
  static func main() {
    startAgainWithFixedHashing()
    SimulatedExecutor.install()
    SimCommand.main()
  }

  /// The order of a set or a dictionary is random by process, unless the environment says otherwise
  /// before the process begins.
  private static func startAgainWithFixedHashing() {
    let name = "SWIFT_DETERMINISTIC_HASHING"
    guard getenv(name) == nil else { return }
    setenv(name, "1", 1)
    var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    execv("/proc/self/exe", &arguments)
    perror("xiecha-sim: cannot start itself again")
    exit(1)
  }
}
