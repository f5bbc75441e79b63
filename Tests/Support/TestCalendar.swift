/// A calendar file that tests import.
public enum TestCalendar {
  /// A complete 2027; no real arrangement.
  public static let next = """
    date,type,name
    2027-01-01,holiday,元旦
    2027-01-02,workday_makeup,元旦
    2027-02-06,holiday,春节
    2027-02-07,holiday,春节
    2027-02-08,holiday,春节
    2027-04-05,holiday,清明节
    2027-05-01,holiday,劳动节
    2027-06-09,holiday,端午节
    2027-09-15,holiday,中秋节
    2027-10-01,holiday,国庆节
    2027-10-02,holiday,国庆节
    2027-10-03,holiday,国庆节

    """
}
