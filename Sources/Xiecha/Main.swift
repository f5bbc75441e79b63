import Program

/// The operator's program.
@main
enum Main {
  static func main() async {
    await ProgramMain.run(XiechaCommand.self)
  }
}
