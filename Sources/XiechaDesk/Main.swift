import Program

/// The program of the desk.
@main
enum Main {
  static func main() async {
    await ProgramMain.run(DeskCommand.self, prefix: "xiecha-desk: ")
  }
}
