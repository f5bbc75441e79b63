import Program

/// A province's year, made from a seed.
@main
enum Main {
  static func main() async {
    await ProgramMain.run(SimulateCommand.self, prefix: "simulate: ")
  }
}
