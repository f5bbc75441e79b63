/// What one Swift file declares, and its tokens to look for what it names.
///
/// Read from the text alone. Where the text does not say for certain, the sketch leaves out.
struct FileSketch {
  /// A declaration inside a type, or inside an extension of one.
  struct Member: Hashable {
    let owner: String
    let name: String
  }

  let path: String
  let tokens: [String]
  /// Modules that the file imports.
  private(set) var imports: Set<String> = []
  /// Types at the top of the file that other files can name.
  private(set) var types: Set<String> = []
  /// Functions and values at the top of the file that other files can name.
  private(set) var globals: Set<String> = []
  /// Types that the file extends.
  private(set) var extended: Set<String> = []
  /// Types inside types and inside extensions.
  private(set) var nestedTypes: Set<Member> = []
  /// Functions, values and cases inside types and inside extensions.
  private(set) var members: Set<Member> = []
  /// The `members` and `nestedTypes` that an extension declares for all to use.
  private(set) var added: Set<Member> = []
  /// All names that mean something of this file's own here: private types, generic parameters,
  /// parameters and local values.
  private(set) var ownNames: Set<String> = []

  private enum Scope {
    case type(String)
    case extended(String)
    case code
  }

  init(path: String, text: String) {
    self.path = path
    let all = SwiftTokens.of(text)
    let imports = Self.imports(of: all)
    self.imports = Set(imports.map(\.module))
    let importPlaces = Set(imports.flatMap(\.places))
    tokens = all.indices.filter { !importPlaces.contains($0) }.map { all[$0] }
    readDeclarations()
  }

  private static func imports(of tokens: [String]) -> [(module: String, places: Range<Int>)] {
    let kinds: Set = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
    return tokens.indices.compactMap { place in
      guard tokens[place] == "import", place + 1 < tokens.count,
        place == 0 || tokens[place - 1] != "."
      else { return nil }
      var named = place + 1
      if kinds.contains(tokens[named]) { named += 1 }
      return (tokens[named], place..<named + 1)
    }
  }

  private mutating func readDeclarations() {
    var scopes: [Scope] = []
    var opening = Scope.code
    var parentheses = 0
    for place in tokens.indices {
      switch tokens[place] {
      case "(", "[": parentheses += 1
      case ")", "]": parentheses -= 1
      case "{":
        // A closure among arguments is code, whatever is being declared.
        scopes.append(parentheses == 0 ? opening : .code)
        if parentheses == 0 { opening = .code }
      case "}":
        _ = scopes.popLast()
      case "struct", "enum", "class", "actor", "protocol", "typealias", "associatedtype":
        guard let name = declaredName(after: place) else { continue }
        declareType(name, at: place, in: scopes)
        let hasBody = tokens[place] != "typealias" && tokens[place] != "associatedtype"
        if hasBody { opening = .type(name) }
        readGenericParameters(after: place + 1)
      case "extension":
        let name = extendedName(after: place)
        extended.insert(name)
        opening = .extended(name)
      case "func", "let", "var", "case", "init":
        declareValues(at: place, in: scopes)
      case ":" where place > 0 && parentheses > 0:
        ownNames.insert(tokens[place - 1])
      default: break
      }
    }
  }

  private func declaredName(after place: Int) -> String? {
    guard place + 1 < tokens.count, place == 0 || tokens[place - 1] != "." else { return nil }
    let name = tokens[place + 1]
    // `class func`, `class var`, `: class`.
    guard name.first?.isUppercase == true else { return nil }
    return name
  }

  /// The last part of what is extended: `Inner` for `extension Outer.Inner`.
  private func extendedName(after place: Int) -> String {
    var last = place + 1
    while last + 2 < tokens.count, tokens[last + 1] == "." { last += 2 }
    return tokens[last]
  }

  private mutating func declareType(_ name: String, at place: Int, in scopes: [Scope]) {
    switch scopes.last {
    case nil:
      if isPrivate(at: place) { ownNames.insert(name) } else { types.insert(name) }
    case .type(let owner):
      nestedTypes.insert(Member(owner: owner, name: name))
    case .extended(let owner):
      let member = Member(owner: owner, name: name)
      nestedTypes.insert(member)
      if !isPrivate(at: place) { added.insert(member) }
    case .code:
      ownNames.insert(name)
    }
  }

  private mutating func declareValues(at place: Int, in scopes: [Scope]) {
    guard place + 1 < tokens.count, place == 0 || tokens[place - 1] != "." else { return }
    let name = tokens[place + 1]
    if tokens[place] == "func" || tokens[place] == "init" {
      readGenericParameters(after: place + 1)
    }
    guard tokens[place] != "init", name.first?.isLetter == true else { return }
    switch scopes.last {
    case nil:
      if isPrivate(at: place) { ownNames.insert(name) } else { globals.insert(name) }
    case .type(let owner):
      members.insert(Member(owner: owner, name: name))
    case .extended(let owner):
      let member = Member(owner: owner, name: name)
      members.insert(member)
      if !isPrivate(at: place) { added.insert(member) }
    case .code:
      ownNames.insert(name)
    }
  }

  private mutating func readGenericParameters(after place: Int) {
    var next = place + 1
    guard next < tokens.count, tokens[next] == "<" else { return }
    while next < tokens.count, tokens[next] != ">" {
      let isParameter = tokens[next - 1] == "<" || tokens[next - 1] == ","
      if isParameter { ownNames.insert(tokens[next]) }
      next += 1
    }
  }

  /// Looks at the modifiers before a declaration.
  private func isPrivate(at place: Int) -> Bool {
    let modifiers: Set = [
      "private", "fileprivate", "static", "final", "mutating", "nonisolated", "indirect",
      "consuming", "borrowing", "unsafe", "weak", "lazy", "override", "set",
    ]
    var before = place - 1
    while before >= 0, modifiers.contains(tokens[before]) || "()".contains(tokens[before]) {
      if tokens[before] == "private" || tokens[before] == "fileprivate" {
        // `private(set)` hides the setter alone.
        return before + 1 >= tokens.count || tokens[before + 1] != "("
      }
      before -= 1
    }
    return false
  }
}
