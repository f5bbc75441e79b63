/// Which role may call which method on whose divisions: the one place that says so.
///
/// What is not listed is refused. The service's own checks come on top: of the item's state, and of
/// the divisions that the item names.
public enum PermissionTable {
  /// The role sets that the rows are written in.
  private static let people: [Role] = Role.allCases.filter { !$0.isNode }
  private static let nodes: [Role] = Role.allCases.filter(\.isNode)
  private static let onlookers: [Role] = [
    .townshipOperator, .countyOperator, .countySupervisor, .provinceSupervisor,
  ]
  private static let register: [Role] = [.townshipOperator, .countyOperator]

  private typealias Row = (method: String, grants: [(roles: [Role], scope: Scope)])

  private static let rows: [Row] = [
    // One's own account and session.
    ("xiecha.v1.Account/WhoAmI", [(people, .ownDivision)]),
    ("xiecha.v1.Account/OpenSession", [(people, .ownDivision)]),
    ("xiecha.v1.Account/CloseSession", [(people, .ownDivision)]),
    // S8.1: the operator's own; the office above hears of it (S8.2).
    ("xiecha.v1.Account/ChangePassword", [(people, .ownDivision)]),

    // S2.2: township and village collect and enter. S2.1: the county is the party.
    (
      "xiecha.v1.Items/Enter",
      [([.villageReporter], .ownDivision), ([.townshipOperator, .countyOperator], .ownAndBelow)]
    ),
    ("xiecha.v1.Items/Send", [([.townshipOperator, .countyOperator], .ownAndBelow)]),
    ("xiecha.v1.Items/Receive", [([.townshipOperator, .countyOperator], .ownAndBelow)]),
    // S10.2: the county splits what came by township, the township by village.
    ("xiecha.v1.Items/Assign", [([.townshipOperator, .countyOperator], .ownAndBelow)]),
    // S6.4: whoever searches records the step; S6.6: and answers.
    ("xiecha.v1.Items/RecordSearch", [([.townshipOperator, .countyOperator], .ownAndBelow)]),
    ("xiecha.v1.Items/SubmitAnswer", [([.townshipOperator, .countyOperator], .ownAndBelow)]),
    // S2.1: directly answerable is the county.
    ("xiecha.v1.Items/Close", [([.countyOperator], .ownAndBelow)]),

    // S2.2: whoever did something answers for it, and takes it back.
    (
      "xiecha.v1.Items/TakeBack",
      [([.villageReporter], .ownDivision), ([.townshipOperator, .countyOperator], .ownAndBelow)]
    ),

    // Lists are masked (G3). A reporter sees what its village has entered.
    (
      "xiecha.v1.Items/List",
      [
        ([.villageReporter], .ownDivision),
        (
          [.townshipOperator, .countyOperator, .countySupervisor, .provinceSupervisor],
          .ownAndBelow
        ),
      ]
    ),
    // A whole record, with its trace (G2): not for who only ranks, keeps accounts or audits.
    (
      "xiecha.v1.Items/Follow",
      [([.townshipOperator, .countyOperator, .countySupervisor], .ownAndBelow)]
    ),
    // S9, S10.3: figures without persons.
    (
      "xiecha.v1.Items/Counts",
      [
        (
          [.townshipOperator, .countyOperator, .countySupervisor, .provinceSupervisor],
          .ownAndBelow
        )
      ]
    ),

    // S2.2, S12: who answers for the quality of data reviews it. Lists are masked (G3); a history is
    // whole and leaves its trace (G2).
    ("xiecha.v1.Records/Persons", [(register, .ownAndBelow)]),
    ("xiecha.v1.Records/History", [(register, .ownAndBelow)]),
    ("xiecha.v1.Records/Duplicates", [(register, .ownAndBelow)]),
    ("xiecha.v1.Records/Merge", [(register, .ownAndBelow)]),
    ("xiecha.v1.Records/UndoMerge", [(register, .ownAndBelow)]),
    ("xiecha.v1.Records/WithoutNumber", [(register, .ownAndBelow)]),
    ("xiecha.v1.Records/Defects", [(register, .ownAndBelow)]),
    // S7.1, S7.2: each side takes over what it manages.
    ("xiecha.v1.Records/Accept", [(register, .ownAndBelow)]),
    // S7.1, S2.1: the county of registration confirms; a township may not do it in its place.
    ("xiecha.v1.Records/Confirm", [([.countyOperator], .ownAndBelow)]),

    // S9, S10.3: figures, and the items behind them without their persons; which are looked at leaves
    // its trace (G2).
    ("xiecha.v1.Figures/Show", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Figures/Items", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Figures/Versions", [(onlookers, .ownAndBelow)]),

    // S10.3: the combined query is masked (G3) and leaves its trace (G2); what is saved is one's own.
    ("xiecha.v1.Queries/Run", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Queries/Saved", [(onlookers, .ownDivision)]),
    ("xiecha.v1.Queries/Save", [(onlookers, .ownDivision)]),
    ("xiecha.v1.Queries/Forget", [(onlookers, .ownDivision)]),

    // S10.4: what lags, to whoever answers for it, and to who looks on; the office that is dunned takes
    // note of it itself.
    (
      "xiecha.v1.Letters/List", [([.villageReporter], .ownDivision), (onlookers, .ownAndBelow)]
    ),
    (
      "xiecha.v1.Letters/Read", [([.villageReporter], .ownDivision), (onlookers, .ownAndBelow)]
    ),
    // S10.6, S12.5: the office that owes a report makes it.
    ("xiecha.v1.Letters/Report", [([.villageReporter, .townshipOperator], .ownDivision)]),
    ("xiecha.v1.Letters/Reports", [(onlookers, .ownAndBelow)]),
    (
      "xiecha.v1.Letters/Acknowledge",
      [([.townshipOperator, .countyOperator, .provinceSupervisor], .ownDivision)]
    ),

    // PIPL, article 45: the county gives a person what is held of her.
    ("xiecha.v1.Subjects/Report", [([.countyOperator, .countySupervisor], .ownAndBelow)]),
    // PIPL, articles 46, 47: the county takes up what she asks for; two of its people decide.
    ("xiecha.v1.Subjects/Ask", [([.countyOperator, .countySupervisor], .ownAndBelow)]),
    ("xiecha.v1.Subjects/Decide", [([.countyOperator, .countySupervisor], .ownAndBelow)]),

    // S10, S9.2: the work of townships and villages. Who works the exchange checks answers on the spot.
    ("xiecha.v1.Township/Work", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Township/Late", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Township/Sample", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Township/Check", [([.townshipOperator, .countyOperator], .ownAndBelow)]),

    // S13.1: what is published is for everybody who looks on; a county publishes it.
    ("xiecha.v1.Flows/Publish", [([.countyOperator], .ownAndBelow)]),
    ("xiecha.v1.Flows/Show", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Flows/List", [(onlookers, .ownAndBelow)]),
    ("xiecha.v1.Flows/SetCapacity", [(register, .ownAndBelow)]),
    ("xiecha.v1.Flows/Capacities", [(register, .ownAndBelow)]),

    // G2: who looked at what, and why, is for who audits; the search leaves its own trace.
    ("xiecha.v1.Audit/Search", [([.auditor], .ownDivision)]),

    ("xiecha.v1.Link/Exchange", [(nodes, .node)]),
    // S8.2: the office above hears of each changed password; provinces are nobody's below.
    ("xiecha.v1.Link/TellPasswordChanges", [([.countyNode, .townshipNode], .node)]),
    // S8.1: a node replaces its own password, of which the office hears in the same commit.
    ("xiecha.v1.Passwords/Offer", [(nodes, .node)]),
    ("xiecha.v1.Passwords/Retire", [(nodes, .node)]),
    ("xiecha.v1.Passwords/Withdraw", [(nodes, .node)]),
    // S8.1: and its key; the network's trust comes down to whoever is below.
    ("xiecha.v1.NodeCertificates/Request", [([.countyNode, .townshipNode], .node)]),
    ("xiecha.v1.NodeCertificates/Withdraw", [([.countyNode, .townshipNode], .node)]),
    ("xiecha.v1.NetworkTrust/Next", [([.countyNode, .townshipNode], .node)]),

    // Only a benchmark's server has this method; it keeps nothing.
    ("xiecha.bench.v1.Bench/Submit", [(Role.allCases, .anyDivision)]),
  ]

  private static let permissions: [String: MethodPermission] = Dictionary(
    rows.map { ($0.method, MethodPermission($0.grants)) },
    // A method that stands twice is nobody's: the mistake shows at once and opens nothing.
    uniquingKeysWith: { _, _ in .refused })

  /// Every method that some role may call, in the table's order.
  public static var methods: [String] { rows.map(\.method) }

  /// Who may call a method, to be asked once when it is registered; ``MethodPermission/refused``
  /// where it is not listed.
  ///
  /// - `method`: As in `xiecha.v1.Items/Enter`.
  public static func resolve(_ method: String) -> MethodPermission {
    permissions[method] ?? .refused
  }

  /// The scope of a role in a method; nil where it may not call it.
  public static func scope(of role: Role, calling method: String) -> Scope? {
    resolve(method).scope(of: role)
  }
}
