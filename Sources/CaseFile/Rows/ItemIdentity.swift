import Credentials
import ExchangeRules

/// Derives an item's id from what a row says, so that a file imported twice enters each item once.
///
/// The id is a UUIDv7 (RFC 9562): its time is the day of entry that the row gives (midnight, China
/// Standard Time) or, where the file has no such column, a fixed day; its 74 other bits come from a
/// SHA-256 of the row's content. So the same content with the same day of entry is the same item
/// whoever imports it, however the cells were formatted, and whatever the columns' order. Asking the
/// same thing anew needs another day of entry, which is what the column is for.
///
/// Two different rows meet by chance with a probability of about n²/2⁷⁵: for a hundred million
/// items, one in four million.
enum ItemIdentity {
  /// Stands for the day of entry where a file gives none: the beginning of the provincial rules'
  /// year.
  private static let dayWithout = 14_245

  /// The id of a row, whose own `id` is not looked at.
  static func id(of row: CaseRow) -> [UInt8] {
    let digest = SHA256Digest.of(content(of: row))
    let day = row.registered ?? CivilDate(dayNumber: dayWithout)
    // Days before 1970 do not occur in a row that was accepted; the field is 48 bits unsigned.
    let milliseconds = max(0, ChinaTime.start(of: day))
    var id = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> (40 - 8 * Int64($0))) }
    id.append(contentsOf: digest.prefix(10))
    id[6] = 0x70 | id[6] & 0x0F
    id[8] = 0x80 | id[8] & 0x3F
    return id
  }

  /// All that the row says, each part with its length, so that no two rows read the same.
  private static func content(of row: CaseRow) -> [UInt8] {
    var parts = [
      "xiecha case row 1", row.kind.word, row.category.word, row.from.description,
      row.to.description, row.name, row.citizenID, row.noCitizenIDReason,
      row.facts.birthDate?.description ?? "", row.facts.sex.word,
      row.facts.currentlyPregnant ? "1" : "0", row.facts.lastBirth?.description ?? "",
      String(row.facts.certificate.rawValue), String(row.facts.contraception.rawValue),
      row.residence.code.description, row.residence.text, row.household.code.description,
      row.household.text, row.telephone, row.occurred?.description ?? "",
      row.registered?.description ?? "",
      row.checkItems.map { String($0.rawValue) }.joined(separator: ","), row.question, row.remark,
    ]
    for (key, value) in row.record.sorted(by: { $0.key < $1.key }) {
      parts.append(key)
      parts.append(text(of: value))
    }
    return parts.flatMap { part in
      let bytes = Array(part.utf8)
      return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bytes.count >> $0) } + bytes
    }
  }

  private static func text(of value: RecordFieldValue) -> String {
    switch value {
    case .text(let text): "t\(text)"
    case .date(let date): "d\(date)"
    case .flag(let yes): yes ? "y1" : "y0"
    case .count(let number): "n\(number)"
    case .money(let fen): "f\(fen)"
    case .code(let code): "c\(code)"
    case .numbers(let numbers): "l\(numbers)"
    }
  }
}
