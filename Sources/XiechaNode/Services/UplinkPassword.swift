import Credentials
import Exchange
import Glibc
import NIOCore
import RPC
import Synchronization
import Wire

/// The password of this node's account at another: read anew at each connect, so that a new one
/// holds without a restart, and its derived key kept while it stays the same.
///
/// During a rotation the one that is to come lies beside it, in `FILE.next`.
final class UplinkPassword: Sendable {
  private struct Current {
    var password: String
    var signIn: SignIn
  }

  private let account: String
  private let file: String
  private let current = Mutex<Current?>(nil)
  private var comingFile: String { "\(file).next" }

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

  /// What to sign in with once the password that is to come is in its place.
  func comingSignIn() throws(PasswordFile.Failure) -> SignIn {
    SignIn(name: account, password: try PasswordFile.read(comingFile))
  }

  // MARK: Rotation

  func coming() throws(PasswordFile.Failure) -> String? {
    guard access(comingFile, F_OK) == 0 else { return nil }
    return try PasswordFile.read(comingFile)
  }

  func makeComing() throws(PasswordFile.Failure) -> String {
    let password = PasswordPolicy.standard.random()
    try PasswordFile.write(password, to: comingFile)
    return password
  }

  func adoptComing() throws(PasswordFile.Failure) {
    try PasswordFile.move(comingFile, over: file)
  }

  func discardComing() throws(PasswordFile.Failure) { try PasswordFile.remove(comingFile) }
}
