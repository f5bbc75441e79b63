/// The release that the programs are of.
public enum ProgramVersion {
  /// Its number, such as `1.2.0`: the tag of a release is `v` and this number, and `Tools/package`
  /// refuses to build one under another.
  public static let current = "0.9.0"
}
