import Program

/// The administrator's program.
@main
enum Main {
  static func main() async {
    await ProgramMain.run(AdminCommand.self, prefix: "xiecha-admin: ")
  }
}
