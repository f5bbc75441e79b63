import ArgumentParser
import ExchangeRules
import Foundation
import Presentation
import Program

/// `Tools/simulate`.
struct SimulateCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "模拟一个省一年的信息交换 · A province's year, made from a seed.",
    discussion: """
      写出广东省（440000）的数据库、配置和证书；人员均为虚构。同样的种子得到同样的信息。
      Writes the store, configuration and certificates of 广东省; nobody in it exists. The same seed \
      gives the same items and events.

        Tools/simulate --seed 1 --items 20000 --counties 20 --out DIR --export items.jsonl
        .build/debug/xiecha-node --config DIR/440000.json
      """)

  @Option(help: "种子 · The seed.")
  var seed: UInt64 = 1

  @Option(help: "多少条信息 · How many items.")
  var items: Int

  @Option(help: "多少个县（市、区） · How many counties of the province take part, two or more.")
  var counties: Int = 20

  @Option(help: "写到哪个目录 · The folder to write; it has no store yet.")
  var out: String

  @Option(help: "把每条信息写成一行 JSON · Writes every item as a line of JSON.")
  var export: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    let available = World.counties.count
    guard (2...available).contains(counties) else {
      throw ValidationError("--counties \(counties)：2…\(available)")
    }
    guard (1...Schedule.largestItems).contains(items) else {
      throw ValidationError("--items \(items)：1…\(Schedule.largestItems)")
    }
  }

  func perform(on console: Console) async throws -> ProgramExit {
    let world = World(seed: seed, counties: counties)
    let folder = try ProvinceFolder(out)
    var progress = console.progress()
    let exported = try export.map { try ItemLines(path: $0) }
    try await folder.prepare(world)
    try await ProvinceStore(path: folder.store).fill(from: world, seed: seed, items: items) {
      life, id, done in
      try exported?.write(life, id)
      progress.show(
        console.text("信息", "items"), done: done, of: items, now: SystemClock.milliseconds)
    }
    try exported?.close()
    progress.clear()
    try console.done(
      ["config": folder.configuration, "items": "\(items)"],
      "已写入 \(items) 条信息；启动：xiecha-node --config \(folder.configuration)",
      "\(items) items written; start with: xiecha-node --config \(folder.configuration)")
    return .done
  }
}
