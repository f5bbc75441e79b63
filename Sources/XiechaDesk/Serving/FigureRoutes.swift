import Hummingbird

/// Figures, rankings, the work of townships, and reports; each as a page and as a file.
struct FigureRoutes: Sendable {
  let visits: Visits

  func add(to router: Router<DeskContext>) {
    router.get("figures", use: visits.show { try await FiguresPage(visit: $0).page() })
    router.get("figures/:format", use: visits.show { try await FiguresPage(visit: $0).file() })
    router.get("ranking", use: visits.show { try await RankingPage(visit: $0).page() })
    router.get("ranking/:format", use: visits.show { try await RankingPage(visit: $0).file() })
    router.get("work", use: visits.show { try await WorkPage(visit: $0).page() })
    router.get("work/:format", use: visits.show { try await WorkPage(visit: $0).file() })
    router.get("late", use: visits.show { try await WorkPage(visit: $0).late() })
    router.get("late/:format", use: visits.show { try await WorkPage(visit: $0).lateFile() })
    router.get("reports", use: visits.show { try await ReportsPage(visit: $0).page() })
    router.post("reports", use: visits.take { try await ReportsPage(visit: $0).make() })
    router.get("overview", use: visits.show { try await OverviewPage(visit: $0).page() })
    router.get("audit", use: visits.show { AuditPage(visit: $0).page() })
    router.post("audit", use: visits.take { try await AuditPage(visit: $0).search() })
  }
}
