import Testing

@testable import Credentials

@Suite("Who may call what")
struct PermissionTableTests {
  /// One line a method: the scope letter of each role in the order of ``Role``.
  ///
  /// `-` refused, `o` own division, `b` own and below, `a` any, `n` node.
  static let expected: [(String, String)] = [
    ("xiecha.v1.Account/WhoAmI", "ooooooo---o"),
    ("xiecha.v1.Account/OpenSession", "ooooooo---o"),
    ("xiecha.v1.Account/CloseSession", "ooooooo---o"),
    ("xiecha.v1.Account/ChangePassword", "ooooooo---o"),
    ("xiecha.v1.Items/Enter", "obb--------"),
    ("xiecha.v1.Items/Send", "-bb--------"),
    ("xiecha.v1.Items/Receive", "-bb--------"),
    ("xiecha.v1.Items/Assign", "-bb--------"),
    ("xiecha.v1.Items/RecordSearch", "-bb--------"),
    ("xiecha.v1.Items/SubmitAnswer", "-bb--------"),
    ("xiecha.v1.Items/Close", "--b--------"),
    ("xiecha.v1.Items/TakeBack", "obb--------"),
    ("xiecha.v1.Items/List", "obbbb------"),
    ("xiecha.v1.Items/Follow", "-bbb-------"),
    ("xiecha.v1.Items/Counts", "-bbbb------"),
    ("xiecha.v1.Records/Persons", "-bb--------"),
    ("xiecha.v1.Records/History", "-bb--------"),
    ("xiecha.v1.Records/Duplicates", "-bb--------"),
    ("xiecha.v1.Records/Merge", "-bb--------"),
    ("xiecha.v1.Records/UndoMerge", "-bb--------"),
    ("xiecha.v1.Records/WithoutNumber", "-bb--------"),
    ("xiecha.v1.Records/Defects", "-bb--------"),
    ("xiecha.v1.Records/Accept", "-bb--------"),
    ("xiecha.v1.Records/Confirm", "--b--------"),
    ("xiecha.v1.Figures/Show", "-bbbb------"),
    ("xiecha.v1.Figures/Items", "-bbbb------"),
    ("xiecha.v1.Figures/Versions", "-bbbb------"),
    ("xiecha.v1.Queries/Run", "-bbbb------"),
    ("xiecha.v1.Queries/Saved", "-oooo------"),
    ("xiecha.v1.Queries/Save", "-oooo------"),
    ("xiecha.v1.Queries/Forget", "-oooo------"),
    ("xiecha.v1.Letters/List", "obbbb------"),
    ("xiecha.v1.Letters/Read", "obbbb------"),
    ("xiecha.v1.Letters/Report", "oo---------"),
    ("xiecha.v1.Letters/Reports", "-bbbb------"),
    ("xiecha.v1.Letters/Acknowledge", "-oo-o------"),
    ("xiecha.v1.Subjects/Report", "--bb-------"),
    ("xiecha.v1.Subjects/Ask", "--bb-------"),
    ("xiecha.v1.Subjects/Decide", "--bb-------"),
    ("xiecha.v1.Township/Work", "-bbbb------"),
    ("xiecha.v1.Township/Late", "-bbbb------"),
    ("xiecha.v1.Township/Sample", "-bbbb------"),
    ("xiecha.v1.Township/Check", "-bb--------"),
    ("xiecha.v1.Flows/Publish", "--b--------"),
    ("xiecha.v1.Flows/Show", "-bbbb------"),
    ("xiecha.v1.Flows/List", "-bbbb------"),
    ("xiecha.v1.Flows/SetCapacity", "-bb--------"),
    ("xiecha.v1.Flows/Capacities", "-bb--------"),
    ("xiecha.v1.Audit/Search", "------o----"),
    ("xiecha.v1.Link/Exchange", "-------nnn-"),
    ("xiecha.v1.Link/TellPasswordChanges", "--------nn-"),
    ("xiecha.v1.Passwords/Offer", "-------nnn-"),
    ("xiecha.v1.Passwords/Retire", "-------nnn-"),
    ("xiecha.v1.Passwords/Withdraw", "-------nnn-"),
    ("xiecha.v1.NodeCertificates/Request", "--------nn-"),
    ("xiecha.v1.NodeCertificates/Withdraw", "--------nn-"),
    ("xiecha.v1.NetworkTrust/Next", "--------nn-"),
    ("xiecha.bench.v1.Bench/Submit", "aaaaaaaaaaa"),
  ]

  @Test("is what the table says, for each role and method (S2, S9, G2, AC-3)", arguments: expected)
  func table(method: String, scopes: String) {
    let letters: [Character: Scope] = [
      "o": .ownDivision, "b": .ownAndBelow, "a": .anyDivision, "n": .node,
    ]
    let permission = PermissionTable.resolve(method)
    for (role, letter) in zip(Role.allCases, scopes) {
      #expect(permission.scope(of: role) == letters[letter], "\(role)")
      #expect(PermissionTable.scope(of: role, calling: method) == letters[letter], "\(role)")
    }
  }

  @Test("lists no method that this test does not know")
  func complete() {
    #expect(PermissionTable.methods == Self.expected.map(\.0))
  }

  @Test(
    "whatever is not listed is refused",
    arguments: [
      "", "xiecha.v1.Items/enter", "xiecha.v1.Items/", "Items/Enter", "xiecha.v1.Items/Purge",
    ])
  func unlisted(method: String) {
    #expect(PermissionTable.resolve(method) == .refused)
    for role in Role.allCases {
      #expect(PermissionTable.scope(of: role, calling: method) == nil)
    }
  }

  @Test("none of the three duties sees a record (AC-3)")
  func separation() {
    for method in PermissionTable.methods where method.contains("Items/") {
      for role in Role.duties {
        #expect(PermissionTable.scope(of: role, calling: method) == nil, "\(role) \(method)")
      }
    }
  }

  @Test(
    "a scope reaches the divisions it should and no other",
    arguments: [
      (Scope.ownDivision, "350425", "350425", true), (.ownDivision, "350425", "350425101", false),
      (.ownDivision, "", "", false), (.node, "350425", "350425", true),
      (.node, "350000", "350425", false), (.anyDivision, "350425", "110101", true),
      (.ownAndBelow, "350000", "350425", true), (.ownAndBelow, "350000", "350000", true),
      (.ownAndBelow, "350000", "360425", false), (.ownAndBelow, "350400", "350425101", true),
      (.ownAndBelow, "350400", "350525", false), (.ownAndBelow, "350425", "350425101", true),
      (.ownAndBelow, "350425", "350425101200", true), (.ownAndBelow, "350425", "350400", false),
      (.ownAndBelow, "350425", "350426", false), (.ownAndBelow, "350425101", "350425101200", true),
      (.ownAndBelow, "350425101", "350425102", false),
      (.ownAndBelow, "350425101000", "350425101200", true),
      (.ownAndBelow, "350425101200", "350425101201", false),
      (.ownAndBelow, "35", "350425", true), (.ownAndBelow, "", "350425", false),
      (.ownAndBelow, "000000", "350425", false), (.ownAndBelow, "3504xx", "3504xx", false),
      (.ownAndBelow, "350425100", "350425100200", true),
      (.ownAndBelow, "350425100", "350425101200", false),
    ])
  func coverage(scope: Scope, caller: String, target: String, reached: Bool) {
    #expect(scope.covers(caller: caller, target: target) == reached)
  }
}
