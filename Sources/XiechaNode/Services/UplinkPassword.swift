import Credentials
import RPC
import Synchronization

/// The password of this node's account at another: read anew at each connect, so that a new one
/// holds without a restart, and its derived key kept while it stays the same.
final class UplinkPassword: Sendable {
  private struct Current {
    var password: String
    var signIn: SignIn
  }

  private let account: String
  private let file: String
  private let current = Mutex<Current?>(nil)

  init(account: String, file: String) {
    self.account = account
    self.file = file
  }

  /// What to sign in with now.
  func signIn() throws(PasswordFile.Failure) -> SignIn {
    let password = try PasswordFile.read(file)
    return current.withLock { current in
      if let current, current.password == password { return current.signIn }
      let signIn = SignIn(name: account, password: password)
      current = Current(password: password, signIn: signIn)
      return signIn
    }
  }
}
