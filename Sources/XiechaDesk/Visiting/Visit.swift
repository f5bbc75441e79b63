import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Wire

/// A clerk's request: who, where to, and with what.
struct Visit: Sendable {
  let session: ClerkSession
  /// Path and query.
  let address: String
  /// The query's fields.
  let query: FormFields
  /// The form's fields; none where nothing was sent.
  let form: FormFields
  let parameters: Parameters
  /// Milliseconds since 1970.
  let now: Int64

  var language: Language { session.language }
  var node: NodeSession { session.node }
  var today: CivilDate { CivilDate(chinaDateOf: now) }

  func text(_ chinese: String, _ english: String) -> String { language.text(chinese, english) }

  /// A page in the frame.
  func page(_ title: String, _ content: [Markup]) -> Response {
    let frame = PageFrame(language: language, session: session, path: address)
    return Replies.page(frame.page(title, content))
  }

  /// The item that the address names.
  var item: [UInt8] { get throws { try id("item") } }

  /// What a part of the address names by its whole id.
  func id(_ part: String) throws -> [UInt8] {
    guard case .whole(let id)? = ItemName.read(parameters.get(part) ?? "") else {
      throw HTTPError(.notFound)
    }
    return id
  }

  /// What a failure says to a clerk.
  func reason(of error: any Error) -> String { Told.text(of: error, language) }

  /// Does something, says what came of it on the next page, and goes there.
  ///
  /// A refusal is said; what ends the session ends it.
  func act(then path: String, _ done: String, _ work: () async throws -> Void) async throws
    -> Response
  {
    do {
      try await work()
      session.say(done)
    } catch let failure as CallFailure where failure.status != .unauthenticated {
      session.say(reason(of: failure), isRefusal: true)
    } catch let failure as ProgramFailure {
      session.say(reason(of: failure), isRefusal: true)
    }
    return Replies.go(to: path)
  }
}
