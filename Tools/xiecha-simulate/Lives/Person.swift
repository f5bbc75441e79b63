import ExchangeRules
import TestSupport

/// A synthetic woman.
///
/// Nobody has her number: it carries the region of 阳江县 (440726), abolished in 1988, with a birth date
/// from 1989 on (as `Tools/make-sample-cases`).
struct Person {
  let name: String
  /// Empty for one in a hundred, who has none (S12.3).
  let citizenID: String
  let birthDate: CivilDate
  let isPregnant: Bool
  let certificate: CertificateStatus
  let contraception: Contraception

  private static let surnames = Array("王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹")
  private static let given = Array("秀英敏静丽艳芳娟霞玲桂兰凤梅琳雪洁莉红云燕萍玉珍春晓婷佳怡欣雨晴思颖")
  private static let firstBirth = CivilDate(year: 1989, month: 1, day: 1) ?? .earliest
  private static let lastBirth = CivilDate(year: 2005, month: 12, day: 31) ?? .latest
  private static let births =
    firstBirth.dayNumber...lastBirth.dayNumber
  private static let factors = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  private static let checks = Array("10X98765432")

  static func random(using numbers: inout SeededNumbers) -> Person {
    let birth = CivilDate(dayNumber: Int.random(in: births, using: &numbers))
    let isPregnant = Double.random(in: 0..<1, using: &numbers) < 0.15
    let certificates: [CertificateStatus] = [.valid, .valid, .valid, .none, .nonConforming]
    let methods: [Contraception] = [.longActing, .longActing, .other, .none]
    var name = String(surnames[Int.random(in: 0..<surnames.count, using: &numbers)])
    for _ in 0..<(Int.random(in: 0..<4, using: &numbers) == 0 ? 1 : 2) {
      name.append(given[Int.random(in: 0..<given.count, using: &numbers)])
    }
    let hasNumber = Int.random(in: 0..<100, using: &numbers) > 0
    let serial = Int.random(in: 5..<500, using: &numbers) * 2
    return Person(
      name: name, citizenID: hasNumber ? number(birth, serial) : "", birthDate: birth,
      isPregnant: isPregnant,
      certificate: certificates[Int.random(in: 0..<certificates.count, using: &numbers)],
      contraception: isPregnant
        ? .none : methods[Int.random(in: 0..<methods.count, using: &numbers)])
  }

  /// GB 11643-1999, ISO 7064 MOD 11-2; an even serial is a woman's.
  private static func number(_ birth: CivilDate, _ serial: Int) -> String {
    let tail = "\(1000 + serial)".dropFirst()
    let digits = "440726\(birth.yyyymmdd)\(tail)"
    let sum = zip(digits.utf8, factors).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
    return digits + String(checks[sum % 11])
  }
}
