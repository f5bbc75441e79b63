import Exchange
public import Ledger
public import Presentation
public import RPC

extension LedgerFailure: ExplainedError {
  /// The ledger cannot be used.
  public var explanation: ProgramFailure {
    ProgramFailure(isRefusal ? .refused : .store, text: told)
  }
}

extension ListenFailure: ExplainedError {
  /// The address is another's, or none of this machine.
  public var explanation: ProgramFailure {
    ProgramFailure(
      .unreachable,
      chinese: "无法监听 \(endpoint)：\(cause)；请换一个端口，或停掉占用它的程序", english: description)
  }
}
