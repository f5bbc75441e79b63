/// The eleven kinds of information that are exchanged (S3), numbered as the source numbers them.
public enum Category: Int, CaseIterable, Hashable, Sendable, Comparable {
  case basic = 1
  case spouse = 2
  case pregnancy = 3
  case child = 4
  case inflow = 5
  case outflow = 6
  case periodicCheck = 7
  case surgery = 8
  case birth = 9
  case maintenanceFee = 10
  case assist = 11

  /// The word that programs use, such as "periodicCheck".
  public var word: String {
    switch self {
    case .basic: "basic"
    case .spouse: "spouse"
    case .pregnancy: "pregnancy"
    case .child: "child"
    case .inflow: "inflow"
    case .outflow: "outflow"
    case .periodicCheck: "periodicCheck"
    case .surgery: "surgery"
    case .birth: "birth"
    case .maintenanceFee: "maintenanceFee"
    case .assist: "assist"
    }
  }

  /// What an operator reads; the Chinese is the source's own term.
  public var label: BilingualText {
    switch self {
    case .basic: BilingualText(chinese: "流动人口基本信息", english: "basic information")
    case .spouse: BilingualText(chinese: "配偶信息", english: "spouse")
    case .pregnancy: BilingualText(chinese: "妊娠信息", english: "pregnancy")
    case .child: BilingualText(chinese: "子女信息", english: "child")
    case .inflow: BilingualText(chinese: "流入信息", english: "moving in")
    case .outflow: BilingualText(chinese: "流出信息", english: "moving out")
    case .periodicCheck: BilingualText(chinese: "三查信息", english: "the three checks")
    case .surgery: BilingualText(chinese: "手术服务信息", english: "surgery")
    case .birth: BilingualText(chinese: "生育信息", english: "birth")
    case .maintenanceFee: BilingualText(chinese: "社会抚养费信息", english: "maintenance fee")
    case .assist: BilingualText(chinese: "协查项目", english: "items to check")
    }
  }

  /// The category of a word, or nil.
  public init?(word: String) {
    guard let found = Category.allCases.first(where: { $0.word == word }) else { return nil }
    self = found
  }

  /// Ordered by the source's numbers.
  public static func < (left: Category, right: Category) -> Bool {
    left.rawValue < right.rawValue
  }
}
