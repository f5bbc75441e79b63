import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// Places with a capacity, each with its warning (S13.1).
struct CapacitiesView {
  let places: [PlaceCapacity]

  func page(in language: Language) -> Page {
    var page = Page()
    for place in places { page.add(value: Line(place)) }
    if places.isEmpty {
      page.add(line: language.text("尚未设定容量", "no capacity is set"))
      return page
    }
    var table = TextTable([
      .init(language.word(.division)),
      .init(language.text("容量", "capacity"), alignsRight: true, isWhole: true),
      .init(language.text("现有流入", "in-migrants"), alignsRight: true, isWhole: true),
      .init(language.text("近30天流入", "of 30 days"), alignsRight: true, isWhole: true),
      .init(language.text("预警", "warning")),
    ])
    for place in places {
      table.add([
        "\(place.division) \(DivisionText.short(place.division))", "\(place.capacity)",
        "\(place.present)", "\(place.growth)", place.warning.label[language],
      ])
    }
    page.add(table)
    return page
  }

  private struct Line: Encodable {
    let division: String
    let capacity: UInt64
    let present: UInt64
    let growth: UInt64
    let warning: String

    init(_ place: PlaceCapacity) {
      division = place.division
      capacity = place.capacity
      present = place.present
      growth = place.growth
      warning = "\(place.warning)"
    }
  }
}

extension PlaceCapacity {
  /// How near the place is to its capacity.
  fileprivate var warning: CapacityWarning {
    FlowCapacity(
      capacity: Int(clamping: capacity), present: Int(clamping: present),
      growth: Int(clamping: growth)
    ).warning
  }
}
