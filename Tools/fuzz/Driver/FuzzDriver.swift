import FuzzTargets
import Glibc

#if FUZZ_EXCHANGE
  import FuzzExchange
#endif
#if FUZZ_LEDGER
  import FuzzLedger
#endif
#if FUZZ_RPC
  import FuzzRPC
#endif
#if FUZZ_WIRE
  import FuzzWire
#endif

/// libFuzzer's own loop, in the library that `-sanitize=fuzzer` links.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ testOne: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// The targets that this build holds; the manifest says which.
private let targets: [FuzzTarget] = {
  var targets: [FuzzTarget] = []
  #if FUZZ_EXCHANGE
    targets += ExchangeTargets.all
  #endif
  #if FUZZ_LEDGER
    targets += LedgerTargets.all
  #endif
  #if FUZZ_RPC
    targets += RPCTargets.all
  #endif
  #if FUZZ_WIRE
    targets += WireTargets.all
  #endif
  return targets
}()

/// The target is chosen by `XIECHA_FUZZ_TARGET`, because libFuzzer owns the arguments; without it
/// the program names those it has.
private let target: FuzzTarget = {
  let name = getenv("XIECHA_FUZZ_TARGET").map { String(cString: $0) }
  guard let target = targets.first(where: { $0.name == name }) else {
    for target in targets { print(target.name) }
    exit(name == nil ? 0 : 64)
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
    fatalError("\(target.name): broken: \(error)")
  }
  return 0
}

/// The program `xiecha-fuzz`; `Tools/fuzz/run` and `Tools/test` build and start it.
@main
struct FuzzDriver {
  static func main() {
    _ = target
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, testOneInput))
  }
}
