/// Where each name of a module is declared, to find what a file's words mean.
///
/// Exact enough to be trusted rather than complete: what the text does not settle is left out.
struct DeclarationIndex {
  private let module: String
  private var topLevel: [String: String] = [:]
  private var owners: [String: Set<String>] = [:]
  private var nestedNames: [String: Set<String>] = [:]
  private var addedTypes: [FileSketch.Member: String] = [:]
  private var addedMembers: [String: (owner: String, path: String)] = [:]

  init(module: String, files: [FileSketch]) {
    self.module = module
    var declaring: [String: Set<String>] = [:]
    for file in files {
      for name in file.types.union(file.globals) { topLevel[name] = file.path }
      for type in file.types { owners[type, default: []].insert(file.path) }
      for nested in file.nestedTypes {
        nestedNames[nested.owner, default: []].insert(nested.name)
        owners[nested.name, default: []].insert(file.path)
        if file.added.contains(nested) { addedTypes[nested] = file.path }
      }
      for member in file.members { declaring[member.name, default: []].insert(file.path) }
    }
    for file in files {
      for member in file.added.intersection(file.members) {
        // One word may be anybody's (`count`, `write`); two, declared once, are the module's own.
        guard declaring[member.name]?.count == 1, member.name.contains(where: \.isUppercase) else {
          continue
        }
        addedMembers[member.name] = (member.owner, file.path)
      }
    }
  }

  /// What a file names of other files: at most one arrow to each.
  func arrows(from file: FileSketch) -> [Arrow] {
    var hidden = file.ownNames.subtracting(file.types)
    for owner in file.extended.union(file.types) { hidden.formUnion(nestedNames[owner] ?? []) }
    hidden.formUnion(file.nestedTypes.map(\.name))
    hidden.formUnion(file.members.map(\.name))
    var found: Set<String> = [file.path]
    var arrows: [Arrow] = []
    for place in file.tokens.indices {
      let word = file.tokens[place]
      guard word.first?.isLetter == true,
        let target = declaration(of: word, at: place, in: file, hidden: hidden),
        found.insert(target).inserted
      else { continue }
      arrows.append(Arrow(from: file.path, to: target, name: word))
    }
    return arrows
  }

  private func declaration(
    of word: String, at place: Int, in file: FileSketch, hidden: Set<String>
  ) -> String? {
    let afterDot = place > 0 && file.tokens[place - 1] == "."
    let before = afterDot && place > 1 ? file.tokens[place - 2] : ""
    if !afterDot || before == module {
      // A label, as in `call(name: …)`, names no function; a type is never a label.
      let isLabel = place + 1 < file.tokens.count && file.tokens[place + 1] == ":"
      let isHidden = hidden.contains(word) || isLabel && word.first?.isLowercase == true
      if !isHidden, let path = topLevel[word] { return path }
    }
    // A type that an extension adds: `Owner.Word`, or `Word` within another extension of the owner.
    let around = afterDot ? [before] : file.extended
    for owner in around {
      let member = FileSketch.Member(owner: owner, name: word)
      if let path = addedTypes[member], !declares(owner, file) { return path }
    }
    if afterDot, let member = addedMembers[word], !declares(member.owner, file) {
      return member.path
    }
    return nil
  }

  /// A type's own file calls what its extensions add; the arrow runs the other way.
  private func declares(_ owner: String, _ file: FileSketch) -> Bool {
    owners[owner]?.contains(file.path) == true
  }
}
