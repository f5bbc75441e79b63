import ArgumentParser

/// Which sign-in a command uses.
struct ProfileOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "用哪次登录 · Which sign-in; not needed where there is only one (XIECHA_PROFILE).")
  var profile: String?
}
