import ExchangeRules

/// What happens to one simulated item, day by day.
struct Life {
  var kind: ItemKind
  var category: Category
  /// To where she is registered, or back.
  var isToHousehold: Bool
  var from: DivisionCode
  var to: DivisionCode
  /// Where she lives and where she is registered.
  var residence: Dwelling
  var household: Dwelling
  var person: Person
  var ruling: ItemRuling
  var submitted: CivilDate
  /// The day of what is notified.
  var occurred: CivilDate?
  var received: CivilDate?
  var answered: CivilDate?
  var reply: Reply?
  /// The asking county has taken note.
  var closed: CivilDate?

  /// An address: a village of a township.
  struct Dwelling {
    var township: World.Township
    var village: String
    var house: Int
  }

  /// An answer, with the sources that were searched before it.
  struct Reply {
    var finding: Finding
    var steps: [SearchStep]
    var remark: String
    var hasDifference: Bool
    /// The answer by the rules (G4).
    var isSubstantiated: Bool
  }

  /// The address that the answer is looked for at.
  var asked: Dwelling { isToHousehold ? household : residence }
}
