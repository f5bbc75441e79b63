import Hummingbird

/// The persons of the register.
struct PersonRoutes: Sendable {
  let visits: Visits

  func add(to router: Router<DeskContext>) {
    router.get("persons", use: visits.show { try await PersonsPage(visit: $0).page() })
    router.post("persons/find", use: visits.take { try await PersonsPage(visit: $0).look() })
    router.get(
      "persons/duplicates", use: visits.show { try await DuplicatesPage(visit: $0).page() })
    router.get(
      "persons/compare", use: visits.show { try await DuplicatesPage(visit: $0).compare() })
    router.post("persons/merge", use: visits.take { try await DuplicatesPage(visit: $0).merge() })
    router.get("persons/quality", use: visits.show { try await QualityPage(visit: $0).page() })
    router.get("persons/:person", use: visits.show { try await PersonPage(visit: $0).page() })
    router.post(
      "persons/:person/accept", use: visits.take { try await PersonPage(visit: $0).accept() })
    router.post(
      "persons/:person/confirm", use: visits.take { try await PersonPage(visit: $0).confirm() })
    router.post(
      "persons/:person/unmerge", use: visits.take { try await PersonPage(visit: $0).unmerge() })
    router.post("purpose", use: visits.take { PurposePage(visit: $0).take() })
  }
}
