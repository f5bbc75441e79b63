/// What the weather has done so far.
struct WeatherCounts {
  var crashes = 0
  var cuts = 0
  var blocks = 0
  var closures = 0
  var diskFaults = 0
  var clockJumps = 0
  var putBacks = 0
}
