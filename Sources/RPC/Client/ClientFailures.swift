internal import Wire

/// What a client concludes by itself, without a word of the node.
extension CallFailure {
  static func connectionLost(_ cause: String = "") -> CallFailure {
    CallFailure(
      .unavailable, .connectionLost,
      "the connection to the node ended" + (cause.isEmpty ? "" : ": \(cause)"))
  }
  static let noAnswer = CallFailure(
    .unavailable, .noAnswer, "the node did not answer in time when it was dialled")
  static let notLookedAt = CallFailure(
    .unavailable, .notLookedAt,
    "the node was leaving and did not look at this call; it can be tried again"
  ).notBegun
  static let notInTime = CallFailure(
    .deadlineExceeded, .deadlineExceeded, "no answer came in the time set")
  static let givenUp = CallFailure(.cancelled, .cancelled, "the call was given up")
  static let wrongServerProof = CallFailure(
    .unauthenticated, .serverNotProven, "the node could not prove that it knows the password")

  init(connecting error: any Error) {
    let failure = CallFailure(other: error)
    self =
      failure.status == .internal ? CallFailure(.unavailable, .unreachable, "\(error)") : failure
  }
}
