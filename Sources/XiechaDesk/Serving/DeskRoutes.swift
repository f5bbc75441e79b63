import Hummingbird

/// Which page answers which address.
struct DeskRoutes: Sendable {
  let visits: Visits
  let door: SignInDoor

  func responder() -> some HTTPResponder<DeskContext> {
    let router = Router(context: DeskContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: Guarding())
    router.get("/") { _, _ in Replies.go(to: "/todo") }
    router.get(RouterPath(StyleSheet.path)) { _, _ in
      var response = Replies.body(Array(StyleSheet.text.utf8), type: "text/css; charset=utf-8")
      response.headers[.cacheControl] = "public, max-age=31536000, immutable"
      return response
    }
    SignInRoutes(visits: visits, door: door).add(to: router)
    ItemRoutes(visits: visits).add(to: router)
    EnterRoutes(visits: visits).add(to: router)
    OfficeRoutes(visits: visits, door: door).add(to: router)
    return router.buildResponder()
  }
}
