public import Presentation

/// What a report draws.
public protocol ReportChart: Sendable {
  /// What stands above it.
  var title: String { get }
  /// The drawings, none of them longer than a printed page.
  var drawings: [Markup] { get }
}
