import Glibc
import Testing

@testable import Presentation

@Suite("A password typed at the terminal", .serialized)
struct SecretLineTests {
  /// Types keys at a terminal, and tells what the line was and whether the terminal is as before.
  private func type(_ keys: String) throws -> (line: Result<String, SecretLine.Failure>, Bool) {
    var (keyboard, terminal): (Int32, Int32) = (-1, -1)
    try #require(openpty(&keyboard, &terminal, nil, nil, nil) == 0)
    defer {
      close(keyboard)
      close(terminal)
    }
    var before = termios()
    tcgetattr(terminal, &before)
    // TCSAFLUSH would drop what was typed before the question.
    let typist = Typist(keyboard: keyboard, keys: Array(keys.utf8))
    typist.start()
    let line: Result<String, SecretLine.Failure>
    do throws(SecretLine.Failure) {
      line = .success(try SecretLine.ask("口令：", at: terminal))
    } catch {
      line = .failure(error)
    }
    typist.join()
    var after = termios()
    tcgetattr(terminal, &after)
    return (line, after.c_lflag == before.c_lflag)
  }

  @Test(
    "Typed, corrected, taken back",
    arguments: [
      ("口令 abc\r", .success("口令 abc")), ("abx\u{7F}c\n", .success("abc")),
      ("a口\u{7F}\u{8}b\r", .success("b")), ("wrong\u{15}right\r", .success("right")),
      ("\u{7F}a\r", .success("a")), ("ab\u{4}", .success("ab")),
      ("ab\u{3}", .failure(.interrupted)),
    ] as [(String, Result<String, SecretLine.Failure>)])
  func keys(keys: String, line: Result<String, SecretLine.Failure>) throws {
    let (typed, isAsBefore) = try type(keys)
    #expect(typed == line)
    #expect(isAsBefore)
  }

  @Test("What is no terminal is not asked")
  func noTerminal() {
    let file = open("/dev/null", O_RDWR)
    defer { close(file) }
    #expect(throws: SecretLine.Failure.noTerminal) { try SecretLine.ask("", at: file) }
  }
}

/// Waits for the question, then types.
private final class Typist: @unchecked Sendable {
  private let keyboard: Int32
  private let keys: [UInt8]
  private var thread = pthread_t()

  init(keyboard: Int32, keys: [UInt8]) {
    self.keyboard = keyboard
    self.keys = keys
  }

  func start() {
    let owner = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { owner in
        guard let owner else { return nil }
        let typist = Unmanaged<Typist>.fromOpaque(owner).takeRetainedValue()
        var shown = [UInt8](repeating: 0, count: 64)
        _ = read(typist.keyboard, &shown, shown.count)
        _ = write(typist.keyboard, typist.keys, typist.keys.count)
        return nil
      }, owner)
  }

  func join() { pthread_join(thread, nil) }
}
