package import ExchangeProtos
package import ExchangeRules

/// What a rule holds against a figure or a person, for programs.
package struct FlagLine: Encodable {
  var rule: String
  var field: String
  var reason: String
  var text: String

  package init(_ failure: RuleFailure) {
    rule = failure.rule
    field = failure.field
    reason = failure.reason
    text = failure.text.chinese
  }

  package init(_ defect: Defect) {
    rule = defect.rule
    field = defect.field
    reason = defect.reason
    text = defect.text
  }
}
