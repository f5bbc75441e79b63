/// Dates by which reports of a month are due, all in the month after it.
public enum ReportingDates {
  /// S12.5: the monthly tables of a community, by the 2nd.
  public static func communityTables(of month: CycleMonth) -> CivilDate { month.next.day(2) }

  /// S12.5: the monthly tables of a township, by the 5th.
  public static func townshipTables(of month: CycleMonth) -> CivilDate { month.next.day(5) }

  /// S10.6: the roster of the subjects submitted and fed back goes to the county, by the 6th.
  public static func roster(of month: CycleMonth) -> CivilDate { month.next.day(6) }
}
