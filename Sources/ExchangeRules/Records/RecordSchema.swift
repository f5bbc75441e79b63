/// S3: the typed record of a category.
///
/// The fields are generated from Protos/records.proto; the checks are the same for all eleven.
public struct RecordSchema: Hashable, Sendable {
  /// The category.
  public let category: Category
  /// The fields, in the order of the form.
  public let fields: [RecordFieldSchema]

  /// The schema of a category.
  public static func of(_ category: Category) -> RecordSchema {
    switch category {
    case .basic: .basic
    case .spouse: .spouse
    case .pregnancy: .pregnancy
    case .child: .child
    case .inflow: .inflow
    case .outflow: .outflow
    case .periodicCheck: .periodicCheck
    case .surgery: .surgery
    case .birth: .birth
    case .maintenanceFee: .maintenanceFee
    case .assist: .assist
    }
  }

  /// The field of a name.
  public func field(_ name: String) -> RecordFieldSchema? {
    fields.first { $0.name == name }
  }

  /// The field of a column's heading, Chinese or English, or of its name.
  public func field(heading: String) -> RecordFieldSchema? {
    let heading = heading.trimmingBlanks
    return fields.first {
      $0.label.chinese == heading || $0.name == heading || $0.label.english == heading
    }
  }
}
