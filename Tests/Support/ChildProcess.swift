internal import Dispatch
internal import Foundation
public import Glibc
internal import Synchronization

/// A program in a process of its own; it is killed with this object at the latest.
///
/// `posix_spawn` starts it, because Foundation's `Process` crashes now and then where many tests
/// start programs at once. The program gets no descriptors beyond its three, and no signal is
/// blocked or ignored in it.
public final class ChildProcess: Sendable {
  /// The process's number.
  public let identifier: pid_t
  private let life: Life

  /// The program could not be started.
  public struct NotStarted: Error {
    let program: String
    /// The system's number of the reason, an `errno`.
    let code: Int32
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: The path of its file.
  ///   - arguments: What follows the program's name.
  ///   - environment: All its variables; without them, those of this process.
  ///   - directory: Where it works; without it, where this process does.
  ///   - input: A descriptor that it reads from; without it, the program reads nothing.
  ///   - output: A descriptor that it writes to; without it, what it writes is lost.
  ///   - error: As `output`, for its messages.
  /// - Throws: ``NotStarted``.
  public init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil,
    in directory: String? = nil, input: Int32? = nil, output: Int32? = nil, error: Int32? = nil
  ) throws {
    let nothing = open("/dev/null", O_RDWR | O_CLOEXEC)
    defer { close(nothing) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, given) in [input, output, error].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, given ?? nothing, Int32(number))
    }
    _ = SpawnActions.closeFrom(&actions, 3)
    if let directory { _ = SpawnActions.changeDirectory(&actions, directory) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    ChildProcess.resetSignals(&attributes)
    let variables = environment ?? ProcessInfo.processInfo.environment
    let identifier = try ChildProcess.withStrings([program] + arguments) { words in
      try ChildProcess.withStrings(variables.map { "\($0)=\($1)" }) { variables in
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program, &actions, &attributes, words, variables)
        guard code == 0 else { throw NotStarted(program: program, code: code) }
        return identifier
      }
    }
    self.identifier = identifier
    let life = Life(identifier)
    self.life = life
    Thread.detachNewThread { life.awaitEnd() }
  }

  deinit { life.signal(SIGKILL) }

  /// Sends a signal, if the process has not ended.
  public func signal(_ number: Int32) { life.signal(number) }

  /// The exit code, waited for; 128 and the signal's number if a signal ended it, as shells say.
  public func exit() async -> Int32 {
    await withCheckedContinuation { continuation in
      life.ended.notify(queue: .global()) { [life] in
        continuation.resume(returning: life.exitCode)
      }
    }
  }

  /// The same for who may block: the thread waits.
  public func waitUntilExit() -> Int32 {
    life.ended.wait()
    return life.exitCode
  }

  private static func resetSignals(_ attributes: inout posix_spawnattr_t) {
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
  }

  /// Calls with C's form of the strings: an array that ends with nil.
  private static func withStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) throws -> Result
  ) rethrows -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return try body(copies + [nil])
  }

  /// Two functions of glibc 2.34 and later that its Swift module does not show.
  private enum SpawnActions {
    typealias Actions = UnsafeMutablePointer<posix_spawn_file_actions_t>

    static let closeFrom = unsafeBitCast(
      dlsym(nil, "posix_spawn_file_actions_addclosefrom_np"),
      to: (@convention(c) (Actions, Int32) -> Int32).self)
    static let changeDirectory = unsafeBitCast(
      dlsym(nil, "posix_spawn_file_actions_addchdir_np"),
      to: (@convention(c) (Actions, UnsafePointer<CChar>) -> Int32).self)
  }

  /// How it stands with the process; the thread that waits for its end shares this.
  private final class Life: Sendable {
    let identifier: pid_t
    /// Left when the exit code is known.
    let ended = DispatchGroup()
    private let code = Mutex<Int32?>(nil)

    init(_ identifier: pid_t) {
      self.identifier = identifier
      ended.enter()
    }

    var exitCode: Int32 { code.withLock(\.self) ?? -1 }

    /// The number may be another's as soon as the process is reaped: never signals after that.
    func signal(_ number: Int32) {
      code.withLock { if $0 == nil { _ = kill(identifier, number) } }
    }

    func awaitEnd() {
      var information = siginfo_t()
      while waitid(P_PID, id_t(identifier), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
      code.withLock { code in
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
        let signal = status & 0x7F
        code = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
      }
      ended.leave()
    }
  }
}
