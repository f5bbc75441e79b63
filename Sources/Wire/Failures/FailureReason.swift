/// Why a call failed, as one stable word for programs: the one table of the words that nodes and
/// callers of this project give by themselves.
///
/// `PROTOCOL.md` lists each of them, which a test sees to. Beside them travel the words of
/// ``WireViolation/Reason``, of messages that cannot be taken, and of the rules.
public enum FailureReason: String, Sendable, Hashable, CaseIterable {
  // MARK: Sign-in and session

  /// Name and secret do not match, or the account may not sign in: one answer for every cause.
  case authenticationFailed = "authentication-failed"
  /// The account or its password was changed while it signed in.
  case accountGone = "account-gone"
  /// The account's password or rights were changed, or its session ended.
  case signedOut = "signed-out"
  /// The account has opened as many newer sessions as it may have.
  case sessionDisplaced = "session-displaced"
  /// The session was left alone for too long.
  case sessionIdle = "session-idle"
  /// The password is right, and the account's own certificate was not shown with it.
  case certificateRequired = "certificate-required"
  /// The caller's certificate was revoked.
  case certificate
  /// The node did not prove that it knows the password's verifier; a caller says so.
  case serverNotProven = "server-not-proven"

  // MARK: The connection, as a caller's library says it

  /// The node was not reached.
  case unreachable
  /// The node did not answer the sign-in in time.
  case noAnswer = "no-answer"
  /// TLS failed.
  case tls
  /// The connection ends; the call was not begun.
  case connectionLeaving = "connection-leaving"
  /// The node ended the connection before it looked at the call.
  case notLookedAt = "not-looked-at"
  /// The connection was lost; whether the call was done is not known.
  case connectionLost = "connection-lost"
  /// The stream is over already.
  case streamOver = "stream-over"
  /// The node says that the call was done, and sent no reply.
  case noReply = "no-reply"
  /// The node says that the call was done, and its reply cannot be read.
  case replyNotReadable = "reply-not-readable"
  /// The caller has nothing more to ask.
  case done
  /// The node stops.
  case draining

  // MARK: Calls

  /// More calls open on this connection than the node takes.
  case tooManyCalls = "too-many-calls"
  /// The account has more connections than it may have.
  case tooManyConnections = "too-many-connections"
  /// The node has all the work that it can do in time.
  case overloaded
  /// No method has this number here.
  case unknownMethod = "unknown-method"
  /// The caller's role may not call this method.
  case wrongRole = "wrong-role"
  /// A call that has one message came without it, or without its end.
  case oneMessageExpected = "one-message-expected"
  /// A call with messages both ways came with one in its request.
  case messageNotExpected = "message-not-expected"
  /// A message is longer than the node takes; a caller says so.
  case messageTooLong = "message-too-long"
  /// The reply is longer than the caller takes.
  case replyTooLong = "reply-too-long"
  /// The deadline passed.
  case deadlineExceeded = "deadline-exceeded"
  /// The call was given up.
  case cancelled
  /// The node failed; its log says why.
  case `internal`

  // MARK: The store

  /// Too much waits for the disk, or one such search at a time.
  case busy
  /// The node's disk is full; nothing was kept.
  case diskFull = "disk-full"
  /// The node's clock is outside the validity of its certificate: nothing was kept.
  case cannotSign = "cannot-sign"
  /// The node's store cannot be used now.
  case ledger
  /// What is named is not in the store.
  case unknown
  /// It is in the store already, with other content.
  case conflict
  /// A neighbour has more than was ever sent to it.
  case sequence
  /// A value that the store does not take.
  case invalid
  /// The caller has signed in with something else than the password that this step needs.
  case otherPassword = "other-password"
  /// The password is older than it may be, and opens nothing but its change.
  case passwordExpired = "password-expired"

  // MARK: Items

  /// A field is missing, with its name.
  case missingField = "missing-field"
  /// No such item is known here, or the caller may not know of it.
  case unknownItem = "unknown-item"
  /// No such information category.
  case unknownCategory = "unknown-category"
  /// No division ever had this code.
  case unknownDivision = "unknown-division"
  /// The division may not do this, or is not the one that is meant.
  case wrongDivision = "wrong-division"
  /// The two sides are no two counties.
  case notAWay = "not-a-way"
  /// The two sides are not the counties of residence and of registration.
  case notAParty = "not-a-party"
  /// The other side is no county.
  case notACounty = "not-a-county"
  /// Both addresses are in one county: nothing is exchanged.
  case sameCounty = "same-county"
  /// The county sends, and this node is none (S2.1).
  case countySends = "county-sends"
  /// The address does not reach a township; one must be named (S10.2).
  case noDivision = "no-division"
  /// The record is of another category than the item.
  case otherCategory = "other-category"
  /// The item came to its end more than six months ago, and is out of the ordinary view (G6).
  case blocked
  /// What the item said was removed when its time was over (G6).
  case removed
  /// An item or event of this identity is here with other content.
  case otherContent = "other-content"
  /// A clock leaves the years of the working calendar (S4.5).
  case calendar
  /// Not a place in this list.
  case badCursor = "bad-cursor"
  /// The store was put back from a copy, and goes on as a new one.
  case otherPast = "other-past"
  /// The store was put back from a copy, and a neighbour has still to tell what it holds.
  case catchingUp = "catching-up"

  // MARK: The register of persons

  /// No such person is in this register.
  case unknownPerson = "unknown-person"
  /// The item was not received yet, so the person is not in this register.
  case notRegistered = "not-registered"
  /// These persons are one already (S12.3).
  case oneAlready = "one-already"
  /// The person is merged with another already (S12.3).
  case mergedAlready = "merged-already"
  /// The person is not merged with another (S12.3).
  case notMerged = "not-merged"

  // MARK: The seal of an event

  /// The event bears none.
  case unsealed
  /// The certificate that it was sealed with is not known here.
  case unknownSigner = "unknown-signer"
  /// It is not by whoever it says, or not on this event.
  case falseSeal = "false-seal"
  /// It was made at a time at which the certificate was not valid.
  case certificateOutOfDate = "certificate-out-of-date"
  /// It was made after the certificate was revoked.
  case certificateRevoked = "certificate-revoked"

  // MARK: The link

  /// The two sides have no version of the link in common.
  case linkVersion = "link-version"
  /// The first frame of a link is hello.
  case helloExpected = "hello-expected"
  /// After hello a link carries events and acknowledgements.
  case frameNotExpected = "frame-not-expected"
  /// An event's detail is longer than can travel.
  case eventTooLong = "event-too-long"
  /// The item has as many events as one may have.
  case tooManyEvents = "too-many-events"
  /// An event lacks the detail that its kind has.
  case detailMissing = "detail-missing"
  /// An event is of a time that has not come.
  case timeOutOfRange = "time-out-of-range"
}
