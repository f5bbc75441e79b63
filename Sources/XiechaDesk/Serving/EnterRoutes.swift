import HTTPTypes
import Hummingbird

/// Entering and importing.
struct EnterRoutes: Sendable {
  let visits: Visits

  func add(to router: Router<DeskContext>) {
    router.get("enter", use: visits.show { EnterPage(visit: $0).page() })
    router.post("enter", use: visits.take { try await EnterPage(visit: $0).submit() })
    router.post("enter/check", use: visits.take { try EnterPage(visit: $0).check() })
    router.get("import", use: visits.show { ImportPage(visit: $0).page() })
    router.post(
      "import",
      use: visits.takeFile { visit, file in
        try await ImportPage(visit: visit).take(file, checkOnly: visit.form.has("check"))
      })
    router.get("import/run", use: visits.show { try await ImportPage(visit: $0).run() })
    router.post("import/rows", use: visits.take { try await ImportPage(visit: $0).correct() })
    router.get(
      "import/rejects.csv",
      use: visits.show { visit in
        guard let rejects = visit.session.rejects else { throw HTTPError(.notFound) }
        return Replies.file(rejects, type: "text/csv", name: "rejects.csv")
      })
  }
}
