import ExchangeRules
import ReferenceData
import TestSupport

/// The divisions between which a simulated year's items go, and how well each works.
struct World {
  /// A county: how much it asks, and how reliably it answers.
  struct County {
    let code: DivisionCode
    /// Its share of what is asked, against others.
    let weight: Double
    let manner: Manner
    let townships: [Township]
  }

  /// A township, with the villages in which people are registered or live.
  struct Township {
    let code: String
    /// Names from the province down.
    let name: String
    let villages: [String]
    /// Its operator never signs in: what is given to it is never answered.
    let isAsleep: Bool
  }

  static let province = "440000"
  /// 广东省's counties that have townships to split their items by.
  static let counties = DivisionRegister.national.counties(
    in: DivisionCode(province) ?? fatal
  ).filter { DivisionRegister.national.townships(of: $0).count >= 3 }

  /// The provinces from which most people move, with their share in thousands of persons (fifth source
  /// document).
  static let origins: [(province: String, persons: Int)] = [
    ("510000", 6930), ("340000", 4320), ("430000", 4320), ("360000", 3563), ("410000", 3054),
    ("420000", 2800),
  ]
  private static let countiesOfOrigin = 8

  let inside: [County]
  /// By province of ``origins``.
  let outside: [[County]]

  init(seed: UInt64, counties: Int) {
    var numbers = SeededNumbers(seed: seed ^ 0x776f_726c_64)
    inside = World.chosen(counties, of: World.counties, using: &numbers)
    var outside: [[County]] = []
    for origin in World.origins {
      let all = DivisionCode(origin.province).map(DivisionRegister.national.counties) ?? []
      let usable = all.filter { DivisionRegister.national.townships(of: $0).count >= 3 }
      outside.append(World.chosen(World.countiesOfOrigin, of: usable, using: &numbers))
    }
    self.outside = outside
  }

  private static func chosen(
    _ count: Int, of counties: [DivisionCode], using numbers: inout SeededNumbers
  ) -> [County] {
    var left = counties
    var chosen: [DivisionCode] = []
    for _ in 0..<min(count, counties.count) {
      chosen.append(left.remove(at: Int.random(in: 0..<left.count, using: &numbers)))
    }
    return chosen.sorted().map { county($0, using: &numbers) }
  }

  private static func county(
    _ code: DivisionCode, using numbers: inout SeededNumbers
  ) -> County {
    let register = DivisionRegister.national
    let townships = register.townships(of: code).map { township in
      let villages = (0..<Int.random(in: 3...8, using: &numbers)).map { number in
        "\(township.code)"
          + (number < 3 ? "00\(number + 1)" : "2\(number < 10 ? "0" : "")\(number)")
      }
      return Township(
        code: "\(township.code)", name: register.fullName(of: township.code) ?? township.name,
        villages: villages, isAsleep: Double.random(in: 0..<1, using: &numbers) < 0.04)
    }
    return County(
      code: code, weight: Double.random(in: 1...6, using: &numbers),
      manner: Manner.random(using: &numbers), townships: townships)
  }

  private static var fatal: DivisionCode {
    preconditionFailure("\(province) is the code of a province")
  }
}
