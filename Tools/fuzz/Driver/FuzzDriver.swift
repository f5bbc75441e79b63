import FuzzTargets
import Glibc

/// libFuzzer's own loop, in the library that `-sanitize=fuzzer` links.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ testOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The target is chosen by `XIECHA_FUZZ_TARGET`: libFuzzer owns the arguments.
private let target: FuzzTarget = {
  let name = getenv("XIECHA_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    let known = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
    print("fuzz: XIECHA_FUZZ_TARGET is \"\(name)\"; one of: \(known)")
    exit(64)
  }
  return target
}()

/// One input of libFuzzer.
///
/// A broken property ends the process, so that the input is kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  do throws(BrokenProperty) {
    try target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    fatalError("\(target.rawValue): broken: \(error)")
  }
  return 0
}

/// The program `xiecha-fuzz`; `Tools/fuzz/run` builds and starts it.
@main
struct FuzzDriver {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, testOneInput))
  }
}
