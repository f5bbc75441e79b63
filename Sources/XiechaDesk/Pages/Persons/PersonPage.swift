import CaseFile
import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation

/// One person of the register: her card and records with every version, what others claim of her, and
/// what was decided.
struct PersonPage {
  let visit: Visit
  private var language: Language { visit.language }

  func page() async throws -> Response {
    let id = try visit.id("person")
    guard let purpose = visit.session.purpose(of: id) else {
      return PurposePage(visit: visit).ask([id], usual: PersonPage.purposes(visit))
    }
    let reply = try await visit.node.history(of: id, purpose: purpose)
    let person = reply.person ?? RegisteredPerson()
    // An item may have led here.
    visit.session.remember(purpose: purpose, of: person.id)
    let path = "/persons/\(ItemName.full(person.id))"
    let versions = VersionSections(versions: reply.versions, language)
    let claims = ClaimForms(visit: visit, reply: reply, path: path)
    return visit.page(
      visit.text("人员 \(ItemName.short(person.id))", "Person \(ItemName.short(person.id))"),
      [
        .element(
          "p", [:],
          [
            .text(
              visit.text("登记确认：", "confirmation: ")
                + PersonText.confirmation(person.confirmation, language) + " · "),
            .leaf("a", ["href": "/persons"], visit.text("返回人员", "back to the list")),
          ]),
        .element(
          "div", ["class": "columns"],
          [
            .parent("div", versions.markup()),
            .parent(
              "div",
              claims.markup() + confirming(reply, path) + merges(reply, path)
                + PageMarkup.sections(of: RecordView(reply: reply).decisions(in: language))),
          ]),
      ])
  }

  /// What a register is looked into for.
  static func purposes(_ visit: Visit) -> [String] {
    [
      visit.text("核对登记资料", "check the register"), visit.text("查重合并", "review duplicates"),
      visit.text("答复本人询问", "answer her own enquiry"),
    ]
  }

  // MARK: What is decided

  /// S7.1: the county of registration confirms the case that the place of residence opened.
  private func confirming(_ reply: HistoryReply, _ path: String) -> [Markup] {
    let state = CaseConfirmation(rawValue: reply.person?.confirmation ?? "")
    guard state == .awaited, visit.session.may(Records.confirm.descriptor),
      let item = reply.confirmations.last?.item
    else { return [] }
    return [
      .parent(
        "section",
        [
          .leaf("h2", [:], visit.text("审核确认（S7.1）", "Confirm the case (S7.1)")),
          Form.post(
            "\(path)/confirm", token: visit.session.token,
            [
              Form.hidden("item", ItemName.full(item)),
              Form.line(
                "note", language.word(.note),
                hint: visit.text("不予确认时必填", "needed where it is refused")),
              .element(
                "div", ["class": "row"],
                [
                  .leaf(
                    "button", ["class": "first", "name": "confirmed", "value": "yes"],
                    visit.text("确认", "confirm")),
                  .leaf(
                    "button", ["name": "confirmed", "value": "no"],
                    visit.text("不予确认", "refuse")),
                ]),
            ]),
        ])
    ]
  }

  /// S12.3: a merge can be taken back.
  private func merges(_ reply: HistoryReply, _ path: String) -> [Markup] {
    let standing = reply.merges.filter { $0.undone == 0 }
    guard !standing.isEmpty else { return [] }
    return [
      .parent(
        "section",
        [.leaf("h2", [:], visit.text("撤销合并", "Take a merge back"))]
          + standing.map { merge in
            Form.post(
              "\(path)/unmerge", token: visit.session.token, class: "row",
              [
                Form.hidden("merged", ItemName.full(merge.merged)),
                .leaf(
                  "span", [:],
                  "\(ItemName.short(merge.merged)) → \(ItemName.short(merge.into))："
                    + merge.reason),
                Form.button(visit.text("撤销", "take back"), class: ""),
              ])
          })
    ]
  }

  // MARK: What was sent

  func accept() async throws -> Response {
    var request = AcceptRequest()
    request.person = try visit.id("person")
    request.item = try PersonPage.id(visit.form["item"])
    request.fields = visit.form.all("field")
    let accepting = request
    guard !request.fields.isEmpty else {
      visit.session.say(
        visit.text("请先勾选要采纳的项目", "tick what is to be taken over first"), isRefusal: true)
      return Replies.go(to: try path)
    }
    return try await visit.act(then: try path, visit.text("已采纳", "taken over")) {
      _ = try await visit.node.call(Records.accept, accepting)
    }
  }

  func confirm() async throws -> Response {
    var request = ConfirmRequest()
    request.item = try PersonPage.id(visit.form["item"])
    request.confirmed = visit.form["confirmed"] == "yes"
    request.note = visit.form["note"]
    let confirming = request
    return try await visit.act(then: try path, visit.text("已记录", "recorded")) {
      _ = try await visit.node.call(Records.confirm, confirming)
    }
  }

  func unmerge() async throws -> Response {
    var request = UndoMergeRequest()
    request.person = try PersonPage.id(visit.form["merged"])
    let undoing = request
    return try await visit.act(then: try path, visit.text("已撤销合并", "the merge is taken back")) {
      _ = try await visit.node.call(Records.undoMerge, undoing)
    }
  }

  /// An id that a form of the desk carries.
  static func id(_ text: String) throws -> [UInt8] {
    guard case .whole(let id)? = ItemName.read(text) else { throw HTTPError(.badRequest) }
    return id
  }

  private var path: String {
    get throws { "/persons/\(ItemName.full(try visit.id("person")))" }
  }
}

extension NodeSession {
  /// A person's records, every version; reading them leaves a trace (G2).
  func history(of id: [UInt8], purpose: String) async throws -> HistoryReply {
    var request = HistoryRequest()
    request.id = id
    request.purpose = purpose
    return try await call(Records.history, request)
  }
}
