import ArgumentParser

/// What a command would do, without doing it.
struct DryRun: ParsableArguments {
  @Flag(name: .long, help: "只说明会怎样 · Say what would happen, and change nothing.")
  var dryRun = false
}
