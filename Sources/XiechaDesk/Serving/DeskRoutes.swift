import Hummingbird

/// Which page answers which address.
struct DeskRoutes: Sendable {
  let visits: Visits
  let door: SignInDoor

  func responder() -> some HTTPResponder<DeskContext> {
    let router = Router(context: DeskContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: Guarding())
    router.get("/", use: visits.show { Replies.go(to: Places(session: $0.session).home) })
    for (path, text, type) in [
      (StyleSheet.path, StyleSheet.text, "text/css"), (Script.path, Script.text, "text/javascript"),
    ] {
      let bytes = Array(text.utf8)
      router.get(RouterPath(path)) { _, _ in
        var response = Replies.body(bytes, type: "\(type); charset=utf-8")
        response.headers[.cacheControl] = "public, max-age=31536000, immutable"
        return response
      }
    }
    SignInRoutes(visits: visits, door: door).add(to: router)
    ItemRoutes(visits: visits).add(to: router)
    EnterRoutes(visits: visits).add(to: router)
    PersonRoutes(visits: visits).add(to: router)
    FigureRoutes(visits: visits).add(to: router)
    OfficeRoutes(visits: visits, door: door).add(to: router)
    return router.buildResponder()
  }
}
