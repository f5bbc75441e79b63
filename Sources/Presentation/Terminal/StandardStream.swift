import Glibc

/// Where the program's few lines go, unbuffered: whoever waits for one gets it at once.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  func write(_ text: String) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(rawValue, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      // Whoever reads has gone away: there is nobody left to tell.
      guard count > 0 else { return }
      written += count
    }
  }
}
