public import Presentation
public import RPC

extension ListenFailure: ExplainedError {
  /// The address is another's, or none of this machine.
  public var explanation: ProgramFailure {
    ProgramFailure(
      .unreachable,
      chinese: "无法监听 \(endpoint)：\(cause)；请换一个端口，或停掉占用它的程序", english: description)
  }
}
