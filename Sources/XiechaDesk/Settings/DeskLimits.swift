/// The limits of the desk, each with its unit and its reason.
enum DeskLimits {
  /// Fields of a request's head, and their bytes: a browser sends some twenty in 2 KiB.
  static let headerFields = 64
  static let headerBytes = 16 << 10
  /// Bytes of a form: the longest answer, with its remark of 2,000 bytes percent-encoded, is 30 KiB.
  static let formBytes = 256 << 10
  /// Bytes of a case file sent in: some 20,000 rows as XLSX, 40,000 as CSV.
  static let uploadBytes = 16 << 20
  /// Fields of a form: a page of a list ticks fifty items.
  static let formFields = 1_000
  /// The time that the whole of a request's body may take, in seconds: 16 MiB at 2 Mbit/s.
  static let bodySeconds = 70
  /// The time without a whole head, or between two requests, in seconds; also what a slow head gets.
  static let silenceSeconds = 30
  /// Connections at once: a browser keeps up to six, five hundred clerks work at once.
  static let connections = 2_048
  /// Sessions at once, and those of one account: a forgotten browser or two beside the one in use.
  static let sessions = 1_000
  static let sessionsOfAccount = 4
  /// Without a request for this long a session ends, in minutes (S8.1).
  static let idleMinutes = 30
  /// So long before, a page warns, in minutes: time to finish a line.
  static let warningMinutes = 2
  /// Sign-ins at once: each takes a quarter of a second of a core (600,000 rounds of SCRAM).
  static let signInsAtOnce = 4
  /// Items on a page of a list.
  static let itemsOnPage = 50
  /// Persons whose cards stand beside one another: more than four columns nobody compares.
  static let comparedPersons = 4
  /// Items whose purpose a session remembers.
  static let purposes = 500
  /// Faulty rows of a case file on a page, to be corrected there: a row has up to 40 fields of a form.
  static let faultyRowsOnPage = 20
  /// Faulty rows that a session keeps to be corrected; all of them are in the file to download.
  static let outstandingRows = 2_000
  /// How often, and how long apart in milliseconds, a page looks for the end of an import before it
  /// shows how far it is: one second.
  static let importLooks = 20
  static let importLookMilliseconds = 50
}
