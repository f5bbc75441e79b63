internal import ExchangeProtos
internal import ExchangeRules
public import RPC
internal import Wire

extension Node {
  /// Everything that this node answers.
  public func methods() -> MethodTable {
    var methods = MethodTable()
    AccountService(node: self).register(in: &methods)
    ItemsService(node: self).register(in: &methods)
    RecordsService(node: self).register(in: &methods)
    FiguresService(node: self).register(in: &methods)
    LetterService(node: self).register(in: &methods)
    TownshipService(node: self).register(in: &methods)
    ReportingService(node: self).register(in: &methods)
    FlowService(node: self).register(in: &methods)
    LogSearching(node: self).register(in: &methods)
    QueryService(node: self).register(in: &methods)
    methods.exchange(Link.exchange) { requests, context, replies in
      guard let division = DivisionCode(context.caller.division) else {
        throw CallFailure(
          .permissionDenied, .wrongDivision, field: "hello.division",
          "\(context.caller.division) is no division")
      }
      try await LinkSession(
        node: self, division: division, incoming: requests, outgoing: replies
      ).run()
    }
    methods.answer(Link.tellPasswordChanges) { request, context in
      try await PasswordNotice(node: self).take(request, from: context.caller)
    }
    PasswordOffers(node: self).register(in: &methods)
    CertificateDesk(node: self).register(in: &methods)
    TrustDesk(node: self).register(in: &methods)
    return methods
  }
}
