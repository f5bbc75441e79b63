import Credentials
import ExchangeRules
import Ledger

/// All that happened to an item, with what proves it, for somebody who has nothing but OpenSSL.
struct Evidence {
  let item: LedgerID
  /// Whose ledger it is from.
  let division: String
  /// The network's authority, in PEM.
  let authority: [UInt8]
  /// What happened, in the order in which it came to this node.
  let events: [Proven]

  /// An event, and what proves who wrote it.
  struct Proven {
    let event: StoredEvent
    /// Nil for an event that is older than seals.
    let proof: (seal: EventSeal, signatory: StoredSignatory)?
  }

  /// Reads it; nil where the ledger has no such item.
  init?(of item: LedgerID, authority: [UInt8], in ledger: LedgerReader) throws {
    let events = try ledger.events(of: item)
    if events.isEmpty { return nil }
    self.item = item
    self.authority = authority
    division = try ledger.owner() ?? ""
    self.events = try events.map { event in
      guard let seal = EventSeal(try ledger.seal(of: event)),
        let signatory = try ledger.signatory(seal.signer)
      else { return Proven(event: event, proof: nil) }
      return Proven(event: event, proof: (seal, signatory))
    }
  }

  /// The one file.
  func archive() -> [UInt8] {
    var tar = TarFile()
    tar.add("evidence/README.txt", Array(readme.utf8))
    tar.add("evidence/check.sh", Array(Evidence.check.utf8), isProgram: true)
    tar.add("evidence/authority.pem", authority)
    for (place, proven) in events.enumerated() {
      let folder = "evidence/events/\(Evidence.name(place, proven.event))"
      tar.add("\(folder)/event", proven.event.digested)
      if proven.event.bodyDigest.isEmpty { tar.add("\(folder)/detail", proven.event.body) }
      guard let (seal, signatory) = proven.proof else { continue }
      tar.add("\(folder)/statement", seal.statement(on: proven.event.digest) ?? [])
      tar.add("\(folder)/signature", seal.signature)
      tar.add("\(folder)/certificate.pem", signatory.pem)
      tar.add("\(folder)/authorities.pem", signatory.authoritiesPEM)
      let sides = HashTree.sides(at: seal.entry, of: seal.count) ?? []
      tar.add(
        sides.enumerated().map { step, side in
          (side, Array(seal.path[step * 32..<(step + 1) * 32]))
        }, in: "\(folder)/path")
    }
    return tar.archive
  }

  private static func name(_ place: Int, _ event: StoredEvent) -> String {
    let number = String(place + 1)
    return String(repeating: "0", count: max(0, 3 - number.count)) + number + "-\(event.kind.word)"
  }

  private var readme: String {
    let lines = events.enumerated().map { place, proven in
      let event = proven.event
      let what = """
        \(Evidence.name(place, event))  \(event.kind.label.chinese)  \(TimeText.text(event.at))  \
        \(event.actor.account)@\(event.actor.division)
        """
      guard let (seal, signatory) = proven.proof else {
        return what + "\n    没有签章 · no seal: nothing proves who wrote it"
      }
      return what + """

            签章 \(signatory.division) 第 \(seal.page) 页 \(TimeText.text(seal.at)) · \
        sealed by \(signatory.division), page \(seal.page) of its log
        """
    }
    return """
      信息 \(item) 的全部经过，出自节点 \(division)
      Everything that happened to item \(item), as node \(division) holds it.

      运行 sh check.sh（只需 openssl）即可核对：每一步由其签章的节点写入，此后未被改动。
      Run `sh check.sh`, which needs nothing but openssl. It shows that each step was written by the
      node that sealed it, and was not changed since. It does not show that what was written is true.

      \(lines.joined(separator: "\n"))

      每一步一个目录。event 是被摘要的字节（末 32 字节为 detail 的 SHA-256）；path 从它通向签名页的根；
      statement 是被签名的字节；authority.pem 是全网的根证书，请与另行取得的一份核对。
      A folder for each step. `event` is what its digest is taken over, as PROTOCOL.md says ("The digest
      of an event"); its last 32 bytes are SHA-256 over `detail`, which may have been removed when its
      time was over. `path` leads from it to the root of
      the page ("The seal of an event"), `statement` is what was signed: a mark of 12 bytes, the page's
      number and time of 8 bytes each, the page's root and the log's of 32 each. Compare
      `authority.pem` with the network's authority, got from elsewhere.

      """
  }

  private static let check = """
    #!/bin/sh
    # Checks every step by OpenSSL alone; exit code 1 where one does not hold.
    cd "$(dirname "$0")" || exit 2
    work=$(mktemp -d) || exit 2
    trap 'rm -rf "$work"' EXIT
    bad=0
    digest() { openssl dgst -sha256 -binary; }
    refuse() { echo "$1: $2"; bad=1; }
    for event in events/*; do
      if [ -f "$event/detail" ]; then
        digest <"$event/detail" >"$work/detail"
        tail -c 32 "$event/event" | cmp -s - "$work/detail" ||
          { refuse "$event" "the detail is not the one of the event"; continue; }
      else
        echo "$event: its detail was removed"
      fi
      [ -f "$event/signature" ] || { echo "$event: bears no seal"; continue; }
      { printf '\\000W'; digest <"$event/event"; } | digest >"$work/node"
      for step in "$event"/path/*; do
        case $step in
          *.left) { printf '\\001'; cat "$step" "$work/node"; } | digest >"$work/next" ;;
          *.right) { printf '\\001'; cat "$work/node" "$step"; } | digest >"$work/next" ;;
          *) continue ;;
        esac
        mv "$work/next" "$work/node"
      done
      tail -c +29 "$event/statement" | head -c 32 | cmp -s - "$work/node" ||
        { refuse "$event" "the event is not on the page that was signed"; continue; }
      openssl x509 -in "$event/certificate.pem" -pubkey -noout >"$work/key"
      openssl dgst -sha256 -verify "$work/key" -signature "$event/signature" \\
        "$event/statement" >/dev/null 2>&1 ||
        { refuse "$event" "the signature is not by the certificate"; continue; }
      openssl verify -no_check_time -CAfile authority.pem -untrusted "$event/authorities.pem" \\
        "$event/certificate.pem" >/dev/null 2>&1 ||
        openssl verify -no_check_time -CAfile authority.pem "$event/certificate.pem" \\
          >/dev/null 2>&1 ||
        { refuse "$event" "the authority does not vouch for the certificate"; continue; }
      who=$(openssl x509 -in "$event/certificate.pem" -noout -ext subjectAltName |
        sed -n 's/.*URI:xiecha:division:\\([0-9]*\\).*/\\1/p')
      echo "$event: sealed by $who"
    done
    exit $bad

    """
}
