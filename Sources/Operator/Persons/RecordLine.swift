internal import ExchangeProtos
internal import ExchangeRules
internal import Presentation

/// A person's records with every version, for programs.
struct RecordLine: Encodable {
  struct Version: Encodable {
    var record: String
    var category: String
    var version: UInt32
    var at: String
    var account: String
    var role: String
    var division: String
    var item: String
    var note: String
    var fields: [String: String]
  }

  struct Merge: Encodable {
    var merged: String
    var into: String
    var at: String
    var account: String
    var reason: String
    var undone: String?
    var undoneBy: String?
  }

  struct Step: Encodable {
    var state: String
    var at: String
    var account: String
    var division: String
    var note: String
  }

  struct ClaimLine: Encodable {
    var item: String
    var at: String
    var account: String
    var division: String
    var draft: Bool
    /// What is claimed, by field.
    var claimed: [String: String]
  }

  var person: PersonText.Line?
  var versions: [Version]
  var merges: [Merge]
  var confirmations: [Step]
  var claims: [ClaimLine]

  init(_ reply: HistoryReply) {
    person = reply.person.map(PersonText.Line.init)
    versions = reply.versions.map(RecordLine.version)
    merges = reply.merges.map { merge in
      Merge(
        merged: ItemName.full(merge.merged), into: ItemName.full(merge.into),
        at: ChinaTime.text(merge.at), account: merge.actor?.account ?? "", reason: merge.reason,
        undone: merge.undone == 0 ? nil : ChinaTime.text(merge.undone),
        undoneBy: merge.undone == 0 ? nil : merge.undoneBy)
    }
    claims = reply.claims.map { claim in
      ClaimLine(
        item: ItemName.full(claim.item), at: ChinaTime.text(claim.at),
        account: claim.actor?.account ?? "", division: claim.actor?.division ?? "",
        draft: claim.draft,
        claimed: Dictionary(claim.fields.map { ($0.field, $0.claimed) }) { first, _ in first })
    }
    confirmations = reply.confirmations.map { step in
      Step(
        state: step.state, at: ChinaTime.text(step.at), account: step.actor?.account ?? "",
        division: step.actor?.division ?? "", note: step.note)
    }
  }

  private static func version(_ version: RegisteredVersion) -> Version {
    var fields: [String: String] = [:]
    if let message = version.content?.message {
      fields = RecordText.fields(of: message)
    } else if let subject = version.subject {
      for (label, value) in SubjectText.lines(subject, .chinese) { fields[label] = value }
    }
    return Version(
      record: ItemName.full(version.record),
      category: version.category?.word ?? "person",
      version: version.version, at: ChinaTime.text(version.at),
      account: version.actor?.account ?? "", role: version.actor?.role ?? "",
      division: version.actor?.division ?? "", item: ItemName.full(version.sourceItem),
      note: version.note, fields: fields)
  }
}
