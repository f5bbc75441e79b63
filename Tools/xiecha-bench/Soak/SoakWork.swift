/// Work that goes on for as long as it is asked to.
protocol SoakWork {
  /// The processes whose memory counts.
  var servers: [Int32] { get }
  /// Does some of it; how many times.
  func step() async throws -> Int
  func stop()
}
