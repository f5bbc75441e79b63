/// S12.1: what tells two records of one person in one category apart.
///
/// A record that says the same here is the next version of the one that there is; another is a
/// record of its own.
public enum RecordIdentity {
  /// The fields that identify a record; none where a person has only one.
  public static func fields(of category: Category) -> [String] {
    switch category {
    case .basic, .spouse: []
    case .pregnancy: ["conceptionDate"]
    case .child: ["birthDate", "order"]
    case .inflow: ["inflowDate"]
    case .outflow: ["outflowDate"]
    case .periodicCheck: ["checkDate"]
    case .surgery: ["surgeryDate"]
    case .birth: ["birthDate"]
    case .maintenanceFee: ["decisionNumber"]
    // A question: each is one of its own, told apart by its item.
    case .assist: ["checkItems", "question"]
    }
  }

  /// Whether two records of a category are about the same fact.
  public static func isSame(
    _ one: [String: RecordFieldValue], _ other: [String: RecordFieldValue], in category: Category
  ) -> Bool {
    fields(of: category).allSatisfy { one[$0] == other[$0] }
  }
}
