/// Who may call one method, and on whose divisions: looked up once, asked at each call.
public struct MethodPermission: Sendable, Hashable {
  /// Four bits a role, at its index: 0, or the scope's raw value.
  private var scopes: UInt64

  /// Nobody.
  public static let refused = MethodPermission(scopes: 0)

  private init(scopes: UInt64) {
    self.scopes = scopes
  }

  init(_ grants: [(roles: [Role], scope: Scope)]) {
    scopes = 0
    for (roles, scope) in grants {
      for role in roles {
        let shift = role.index * 4
        scopes = scopes & ~(0xf << shift) | UInt64(scope.rawValue) << shift
      }
    }
  }

  /// The scope of a role; nil where it may not call the method.
  @inlinable
  public func scope(of role: Role) -> Scope? {
    Scope(rawValue: bits(of: role))
  }

  @usableFromInline
  func bits(of role: Role) -> UInt8 {
    UInt8(truncatingIfNeeded: scopes >> (role.index * 4) & 0xf)
  }
}
