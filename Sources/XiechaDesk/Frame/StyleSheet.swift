/// The one style sheet.
///
/// All is sized in `rem`, so that a page can be enlarged to 200 %; every contrast
/// is 4.5 : 1 or better (WCAG 2.2 AA).
enum StyleSheet {
  /// Its address names its content, so that a browser may keep it.
  static let path = "/style-\(version(of: text)).css"

  /// A number of a text's content (FNV-1a).
  static func version(of text: String) -> UInt32 {
    text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  static let text = """
    :root { --ink: #1c2330; --soft: #545d6c; --line: #d5dae2; --paper: #fff; --ground: #f5f6f8; \
    --main: #1a4f8b; --bad: #a3161e; --bad-ground: #fdeeee; --soon: #7a4a00; --soon-ground: #fff5df; \
    --good: #1d5e33; --good-ground: #e9f5ec; }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 "Noto Sans CJK SC", \
    "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei", sans-serif; }
    header { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; \
    background: var(--paper); border-bottom: 1px solid var(--line); padding: .5rem 1.5rem; }
    header .name { font-weight: 700; color: var(--main); font-size: 1.1rem; }
    nav { display: flex; flex-wrap: wrap; gap: .25rem; flex: 1; }
    nav a { padding: .3rem .5rem; border-radius: .3rem; text-decoration: none; color: var(--ink); }
    nav a:hover { background: var(--ground); }
    nav a[aria-current] { background: var(--main); color: #fff; }
    .who { display: flex; align-items: center; gap: .75rem; color: var(--soft); font-size: .9rem; \
    margin-left: auto; }
    .who form { margin: 0; }
    main { max-width: 84rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
    main.narrow, .narrow { max-width: 28rem; }
    h1 { font-size: 1.45rem; margin: .4rem 0 .8rem; }
    h2 { font-size: 1.1rem; margin: 0 0 .6rem; }
    a { color: var(--main); }
    :focus-visible { outline: 3px solid #e08a00; outline-offset: 2px; }
    .skip { position: absolute; left: -60rem; }
    .skip:focus { left: .5rem; top: .5rem; background: var(--paper); padding: .5rem; z-index: 1; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    section, .card { background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; \
    padding: 1rem 1.25rem; margin: 0 0 1rem; }
    .wide { overflow-x: auto; padding: .25rem .5rem; }
    table { border-collapse: collapse; width: 100%; }
    th { text-align: left; font-weight: 600; color: var(--soft); font-size: .9rem; white-space: nowrap; }
    th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    tbody tr:last-child td { border-bottom: 0; }
    tbody tr:hover { background: var(--ground); }
    .number, time { font-variant-numeric: tabular-nums; white-space: nowrap; }
    .due { white-space: nowrap; }
    .mark { display: inline-block; border-radius: .25rem; padding: 0 .4rem; margin-left: .4rem; \
    font-size: .875rem; white-space: nowrap; }
    .mark.late { background: var(--bad-ground); color: var(--bad); font-weight: 600; }
    .mark.urgent { background: var(--bad); color: #fff; font-weight: 600; }
    .mark.soon { background: var(--soon-ground); color: var(--soon); font-weight: 600; }
    .mark.calm { color: var(--soft); }
    .steps { white-space: nowrap; }
    .steps a, .steps button { margin-right: .4rem; }
    button, .steps a, a.button { font: inherit; font-size: .95rem; border: 1px solid var(--main); \
    background: var(--paper); color: var(--main); border-radius: .3rem; padding: .2rem .8rem; \
    cursor: pointer; text-decoration: none; display: inline-block; }
    button:hover, .steps a:hover, a.button:hover { background: #e9f0f8; }
    button.first, a.button.first { background: var(--main); color: #fff; }
    button.first:hover, a.button.first:hover { background: #123c6b; }
    button.quiet { border-color: transparent; padding: .1rem .3rem; font-size: .9rem; \
    text-decoration: underline; }
    .row { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: .6rem 0; }
    .row form, .row .field { margin: 0; }
    .field { margin: 0 0 .9rem; display: flex; flex-direction: column; gap: .2rem; }
    .grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); \
    gap: 0 1.25rem; }
    label { font-weight: 600; font-size: .95rem; }
    label.tick { font-weight: 400; display: inline-flex; gap: .4rem; align-items: center; \
    margin-right: 1.2rem; }
    input[type=text], input[type=password], input[type=search], input[type=file], select, textarea { \
    font: inherit; padding: .35rem .55rem; border: 1px solid #7d8797; border-radius: .3rem; width: 100%; \
    background: var(--paper); color: var(--ink); }
    input[type=checkbox], input[type=radio] { width: 1.15rem; height: 1.15rem; }
    fieldset { border: 0; padding: 0; margin: 0 0 .9rem; }
    legend { font-weight: 600; padding: 0; margin-bottom: .3rem; }
    .hint, .soft { color: var(--soft); font-size: .9rem; }
    .fault { color: var(--bad); font-size: .95rem; }
    .wrong input, .wrong select, .wrong textarea { border: 2px solid var(--bad); }
    .said { background: var(--good-ground); color: var(--good); border-radius: .3rem; \
    padding: .5rem .9rem; margin: 0 0 .8rem; }
    .said.refused { background: var(--bad-ground); color: var(--bad); }
    .note { border-left: .3rem solid #e08a00; background: var(--soon-ground); color: var(--soon); \
    padding: .4rem .9rem; margin: 0 0 .8rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.25rem; margin: 0; }
    dt { color: var(--soft); }
    dd { margin: 0; overflow-wrap: anywhere; }
    .columns { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 0 1rem; \
    align-items: start; }
    ol.times { list-style: none; margin: 0; padding: 0; border-left: 2px solid var(--line); }
    ol.times li { position: relative; padding: 0 0 .9rem 1.2rem; }
    ol.times li::before { content: ""; position: absolute; left: -.45rem; top: .5rem; width: .75rem; \
    height: .75rem; border-radius: 50%; background: var(--main); }
    ol.times li.idle::before { background: var(--paper); border: 2px solid var(--bad); }
    ol.plain { padding-left: 1.3rem; margin: 0 0 .8rem; }
    details summary { cursor: pointer; color: var(--main); }
    .ends { position: fixed; right: 1rem; bottom: 1rem; box-shadow: 0 2px 8px #0004; z-index: 2; }
    .facts span { display: inline-block; margin-right: 2em; color: var(--soft); }
    .complaint { color: var(--bad); font-weight: 600; }
    .report .wide { padding: 0; }
    .report .note, .report th { font-size: .875rem; }
    .report td.number { text-align: right; }
    .report th, .report td { padding: .35rem .45rem; }
    .report td:not(.number) { min-width: 5em; }
    tr.sum td, tr.whole td, tr.difference td { font-weight: 600; border-top: 2px solid var(--line); }
    tr.differs td, tr.differs th { background: var(--soon-ground); }
    .manual img { max-width: 100%; height: auto; border: 1px solid var(--line); }
    .manual { break-inside: avoid; }
    figure { margin: 1rem 0; }
    figcaption { font-weight: 600; }
    figure svg { max-width: 60rem; width: 100%; height: auto; font-size: 12px; }
    .counts { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; margin: 0 0 1rem; padding: 0; \
    list-style: none; }
    .counts b { font-size: 1.25rem; margin-right: .3rem; font-variant-numeric: tabular-nums; }
    @media (max-width: 60rem) { .columns { grid-template-columns: 1fr; } \
    main, header { padding-left: 1rem; padding-right: 1rem; } }
    @media print { body { background: #fff; font-size: 10.5pt; } header, .skip, button, form, \
    .no-print { display: none; } section { border: 0; padding: 0; } .columns { display: block; } \
    main { padding: 0; max-width: none; } .sheet td, .sheet th { border: 1px solid #000; } }
    """
}
