import ArgumentParser

/// Where a new node listens.
struct ListenOptions: ParsableArguments {
  @Option(name: .long, help: "监听地址 · Where it listens; [::] is every address of the machine.")
  var listen: String?

  @Option(name: .long, help: "健康检查与指标的地址 · Where it tells of its health, on loopback.")
  var health = "127.0.0.1:9306"
}
