import Program

/// The program of a node.
@main
enum Main {
  static func main() async {
    await ProgramMain.run(NodeCommand.self, prefix: "xiecha-node: ")
  }
}
