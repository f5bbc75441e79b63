import ExchangeRules

/// What to do about a row that does not meet a rule of the exchange.
enum RuleRemedy {
  static func text(for failure: RuleFailure) -> BilingualText {
    let (chinese, english) = words(for: failure.reason)
    return BilingualText(
      chinese: "\(chinese)（\(failure.rule)）", english: "\(english) (\(failure.rule))")
  }

  private static func words(for reason: String) -> (String, String) {
    switch reason {
    case "missing": ("补填该项", "fill it in")
    case "tooYoung", "tooOld", "notFemale":
      ("不属交换对象的删除该行；填错的更正", "remove the row if she is no subject; correct it if it is wrong")
    case "notToVillage": ("填写12位村（居）委会代码", "write the village's code of 12 digits")
    case "tooCoarse": ("填写县级以下的代码", "write the code of a county or below")
    case "notACode": ("查区划代码表，填写6、9或12位代码", "look the code up in the table of divisions")
    case "checkDigit", "length", "format", "date", "region":
      ("对照身份证核对号码；确实如此的，注明“身份号码说明”", "check with the card; if it says so, give a reason beside it")
    case "vague": ("写到路、门牌、楼栋或村组", "write the road and number, the building, the village's group")
    case "notAName": ("填写证件上的姓名", "write the name as on her card")
    case "serial", "otherDocument":
      ("核对号码；没有公民身份号码的，注明“无身份号码原因”", "check the number; if she has none, say why beside it")
    case "placeholder": ("没有号码的留空并说明原因", "leave it empty and give the reason")
    case "mayNotKeep": ("由乡镇或县级操作员导入", "let the township or the county import it")
    case "inTheFuture": ("核对日期", "check the date")
    default: ("核对并更正", "check and correct it")
    }
  }
}
