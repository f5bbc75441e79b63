import ExchangeRules
import Testing

@Suite("The reading of dates (faults 12 and 13)")
struct WrittenDateTests {
  typealias Row = WrittenValueTests.Row

  static let dates = [
    Row("2009-6-5", "2009-06-05"), Row("2009/6/5", "2009-06-05"), Row("2009.06.05", "2009-06-05"),
    Row("20090605", "2009-06-05"), Row("20090605.0", "2009-06-05", "wholeNumber"),
    Row("2009年6月5日", "2009-06-05"), Row("2009年6月5号", "2009-06-05"),
    Row("２００９年６月５日", "2009-06-05", "width"), Row("2009—06—05", "2009-06-05"),
    Row("二〇〇九年六月五日", "2009-06-05"), Row("二零零九年十二月三十一日", "2009-12-31"),
    Row("2009/06/05 0:00", "2009-06-05", "timeOfDay"),
    Row("2009-06-05 00:00:00", "2009-06-05", "timeOfDay"),
    Row("2009-06-05T08:30:00", "2009-06-05", "timeOfDay"),
    Row(" 2009-06-05 ", "2009-06-05", "blanks"), Row("=\"20090605\"", "2009-06-05", "armour"),
    Row("2009 年 6 月 5 日", "2009-06-05", "blanks"),
    // A moment with a zone is a day in China.
    Row("2025-12-31T16:00:00.000Z", "2026-01-01", "timeOfDay", "zone"),
    Row("2025-12-31T15:59:59Z", "2025-12-31", "timeOfDay"),
    Row("2026-11-01T16:00:00.000Z", "2026-11-02", "timeOfDay", "zone"),
    Row("2026-01-01T00:00:00+08:00", "2026-01-01", "timeOfDay"),
    Row("2025-12-31T18:00:00+0200", "2026-01-01", "timeOfDay", "zone"),
    Row("2026-01-01T01:00:00+09:30", "2025-12-31", "timeOfDay", "zone"),
    Row("2025-12-31 16:00:00 UTC", "2026-01-01", "timeOfDay", "zone"),
    Row("2025-12-31 16:00:00 XYZ", "refused: notADate"),
  ]

  @Test("each form that names year, month and day is read", arguments: dates)
  func date(row: Row) { row.checkReading(WrittenDate.read) }

  static let refusals = [
    Row("39969", "refused: dateSerialNumber"), Row("39969.5", "refused: dateSerialNumber"),
    Row("09-6-5", "refused: dateShortYear"), Row("930506", "refused: dateShortYear"),
    Row("93.5.6", "refused: dateShortYear"), Row("93年5月6日", "refused: dateShortYear"),
    Row("93年5月", "refused: dateShortYear"), Row("93-5", "refused: dateShortYear"),
    Row("2009-6", "refused: dateDayMissing"), Row("200906", "refused: dateDayMissing"),
    Row("2009年6月", "refused: dateDayMissing"), Row("6/5/2009", "refused: dateYearNotFirst"),
    Row("2009-2-29", "refused: notADate"), Row("20090631", "refused: notADate"),
    Row("不详", "refused: notADate"), Row("", "refused: notADate"), Row("/", "refused: notADate"),
    Row("2009-13-01", "refused: notADate"), Row("99999999999999999999", "refused: notADate"),
    Row("0000-00-00", "refused: notADate"), Row("999999", "refused: notADate"),
    Row("2.00906E+7", "refused: scientificNotation"), Row("2009-06-05T99:99Z", "refused: notADate"),
  ]

  @Test("anything else is refused with what is wrong with it", arguments: refusals)
  func refused(row: Row) { row.checkReading(WrittenDate.read) }
}
