import Credentials
import ExchangeRules
import Ledger

/// That an entry is in a node's log, and that the log has only grown since, for somebody who has
/// nothing but OpenSSL (RFC 9162, sections 2.1.3 and 2.1.4).
struct AuditProof {
  /// Whose ledger it is from.
  let division: String
  /// The network's authority, in PEM.
  let authority: [UInt8]
  let proof: LogProof
  /// Who has signed the entry's page, if anybody did, and the log's end.
  let signatories: (page: StoredSignatory?, head: StoredSignatory)

  /// Reads it; nil where there is no such entry, or no signed page from there on.
  init?(
    of place: LogPlace, since known: Int64?, authority: [UInt8], in ledger: LedgerReader
  ) throws {
    guard let proof = try ledger.proof(of: place, since: known),
      let head = try ledger.signatory(proof.head.signer)
    else { return nil }
    self.proof = proof
    self.authority = authority
    signatories = (try ledger.signatory(proof.page.signer), head)
    division = try ledger.owner() ?? ""
  }

  /// The one file.
  func archive() -> [UInt8] {
    var tar = TarFile()
    tar.add("proof/README.txt", Array(readme.utf8))
    tar.add("proof/check.sh", Array(AuditProof.check.utf8), isProgram: true)
    tar.add("proof/authority.pem", authority)
    tar.add("proof/entry/record", proof.record.digested)
    tar.add("proof/entry/letter", [proof.record.letter])
    if let content = proof.record.content { tar.add("proof/entry/detail", content) }
    if let tree = proof.page.tree,
      let sides = HashTree.sides(at: proof.entry, of: proof.page.leaves.count)
    {
      let path = tree.path(to: proof.entry)
      tar.add(
        sides.enumerated().map { step, side in
          (side, Array(path[step * 32..<(step + 1) * 32]))
        }, in: "proof/entry/path")
    }
    add(proof.page, by: signatories.page, in: "proof/page", to: &tar)
    tar.add(proof.inclusion.map { ($0.side, $0.hash) }, in: "proof/page/path")
    add(proof.head, by: signatories.head, in: "proof/head", to: &tar)
    tar.add("proof/growth/older", Array("\(proof.known.pages)\n".utf8))
    tar.add("proof/growth/older-root", proof.known.log)
    tar.add("proof/growth/newer", Array("\(proof.head.number)\n".utf8))
    for (step, hash) in proof.consistency.enumerated() {
      tar.add("proof/growth/path/\(step < 10 ? "0" : "")\(step)", hash)
    }
    return tar.archive
  }

  private func add(
    _ page: LogPage, by signatory: StoredSignatory?, in folder: String, to tar: inout TarFile
  ) {
    tar.add("\(folder)/statement", page.statement)
    guard let signatory else { return }
    tar.add("\(folder)/signature", page.signature)
    tar.add("\(folder)/certificate.pem", signatory.pem)
    tar.add("\(folder)/authorities.pem", signatory.authoritiesPEM)
  }

  private var what: String {
    switch proof.record {
    case .event(let event):
      "\(event.kind.word) \(event.item)  \(TimeText.text(event.at))  "
        + "\(event.actor.account)@\(event.actor.division)"
    case .letter(let step):
      "letter \(step.step.word)  \(TimeText.text(step.at))  "
        + "\(step.actor.account)@\(step.actor.division)"
    case .trace(let trace, _):
      "\(trace.entry.action)  \(TimeText.text(trace.entry.at))  "
        + "\(trace.entry.actor.account)@\(trace.entry.actor.division)"
    }
  }

  private var readme: String {
    """
    节点 \(division) 日志第 \(proof.page.number) 页第 \(proof.entry + 1) 条
    Entry \(proof.entry + 1) of page \(proof.page.number) of the log of node \(division)

        \(what)

    运行 sh check.sh（只需 openssl）即可核对：该条在日志内；该节点签名时日志有 \(proof.head.number) 页；\
    自第 \(proof.known.pages) 页起日志只增不改。
    Run `sh check.sh`, which needs nothing but openssl. It shows that the entry is in the log that the
    node has signed, with \(proof.head.number) pages, and that this log has only grown since it had
    \(proof.known.pages) pages. It does not show that what was written is true.

    entry/record 是被摘要的字节（事件、函件末 32 字节为 detail 的 SHA-256；detail 可能已删除）；entry/path
    从它通向该页的根；page/path 从该页通向 head 的日志根；growth 是一致性证明。authority.pem 是全网的根
    证书，请与另行取得的一份核对。若曾另存日志头，请与 growth/older-root 核对。
    `entry/record` is what the entry's digest is taken over (PROTOCOL.md, "The digest of an event"; of an
    event or letter its last 32 bytes are SHA-256 over `detail`, which may have been erased);
    `entry/path` leads from it to the root of its page, `page/path` from the page to the log's root in
    `head` (RFC 9162, section 2.1.3), `growth` from the older log to it (section 2.1.4). A statement is a
    mark of 12 bytes, the page's number and time of 8 bytes each, the page's root and the log's of 32
    each. Compare `authority.pem` with the network's authority, got from elsewhere, and
    `growth/older-root` with a head that was kept.

    """
  }

  private static let check = """
    #!/bin/sh
    # Checks the proof by OpenSSL alone; exit code 1 where it does not hold.
    cd "$(dirname "$0")" || exit 2
    work=$(mktemp -d) || exit 2
    trap 'rm -rf "$work"' EXIT
    digest() { openssl dgst -sha256 -binary; }
    refuse() { echo "$1"; exit 1; }
    node() { { printf '\\001'; cat "$1" "$2"; } | digest >"$work/new" && mv "$work/new" "$3"; }
    climb() { # from $work/at along a folder of hashes
      for step in "$1"/*; do
        case $step in
          *.left) node "$step" "$work/at" "$work/at" ;;
          *.right) node "$work/at" "$step" "$work/at" ;;
        esac
      done
    }
    part() { tail -c "+$2" "$1/statement" | head -c "$3"; }
    signed() {
      openssl x509 -in "$1/certificate.pem" -pubkey -noout >"$work/key"
      openssl dgst -sha256 -verify "$work/key" -signature "$1/signature" \\
        "$1/statement" >/dev/null 2>&1 || refuse "$1: the signature is not by the certificate"
      openssl verify -no_check_time -CAfile authority.pem -untrusted "$1/authorities.pem" \\
        "$1/certificate.pem" >/dev/null 2>&1 ||
        openssl verify -no_check_time -CAfile authority.pem "$1/certificate.pem" \\
          >/dev/null 2>&1 || refuse "$1: the authority does not vouch for the certificate"
    }
    if [ -f entry/detail ]; then
      digest <entry/detail >"$work/detail"
      tail -c 32 entry/record | cmp -s - "$work/detail" ||
        refuse "the detail is not the one of the entry"
    fi
    digest <entry/record >"$work/digest"
    { printf '\\000'; cat entry/letter "$work/digest"; } | digest >"$work/at"
    climb entry/path
    part page 29 32 | cmp -s - "$work/at" || refuse "the entry is not on its page"
    { printf '\\000'; part page 13 48; } | digest >"$work/at"
    climb page/path
    part head 61 32 | cmp -s - "$work/at" || refuse "the page is not in the log"
    echo "the entry is in the log"
    [ ! -f page/signature ] || signed page
    signed head
    # RFC 9162, section 2.1.4.2
    older=$(cat growth/older) newer=$(cat growth/newer)
    part head 61 32 >"$work/root"
    if [ "$older" = "$newer" ]; then
      cmp -s growth/older-root "$work/root" || refuse "the log is not the older one"
    else
      fn=$((older - 1)) sn=$((newer - 1))
      while [ $((fn & 1)) = 1 ]; do fn=$((fn >> 1)) sn=$((sn >> 1)); done
      set -- growth/path/*
      if [ $((older & (older - 1))) = 0 ]; then set -- growth/older-root "$@"; fi
      cp "$1" "$work/fr"; cp "$1" "$work/sr"; shift
      for step; do
        [ "$sn" != 0 ] || refuse "the log has not grown from the older one"
        if [ $((fn & 1)) = 1 ] || [ "$fn" = "$sn" ]; then
          node "$step" "$work/fr" "$work/fr"
          node "$step" "$work/sr" "$work/sr"
          while [ $((fn & 1)) = 0 ] && [ "$fn" != 0 ]; do fn=$((fn >> 1)) sn=$((sn >> 1)); done
        else
          node "$work/sr" "$step" "$work/sr"
        fi
        fn=$((fn >> 1)) sn=$((sn >> 1))
      done
      [ "$sn" = 0 ] && cmp -s "$work/fr" growth/older-root && cmp -s "$work/sr" "$work/root" ||
        refuse "the log has not grown from the older one"
    fi
    echo "the log has only grown from page $older to page $newer"
    who=$(openssl x509 -in head/certificate.pem -noout -ext subjectAltName |
      sed -n 's/.*URI:xiecha:division:\\([0-9]*\\).*/\\1/p')
    echo "signed by $who"

    """
}
