import Credentials
import TestSupport
import Testing

@Suite("The hash tree (RFC 9162, section 2.1)")
struct HashTreeTests {
  // The entries and roots of the tests of Certificate Transparency's own implementation
  // (google/certificate-transparency, merkletree/merkle_tree_test.cc).
  private static let entries = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ].compactMap(Hexadecimal.bytes)
  private static let roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ].compactMap(Hexadecimal.bytes)

  @Test("Its roots are those of the reference implementation", arguments: 1...8)
  func knownRoots(count: Int) throws {
    let leaves = Self.entries.prefix(count).map { HashTree.leaf($0) }
    #expect(try #require(HashTree(leaves: leaves)).root == Self.roots[count - 1])
    var growing = GrowingHashTree()
    for leaf in leaves { growing.append(leaf: leaf) }
    #expect(growing.root == Self.roots[count - 1])
    #expect(growing.peaks.count == count.nonzeroBitCount)
  }

  @Test("Each path leads to the root, and to no other from anywhere else", arguments: 1...33)
  func paths(count: Int) throws {
    let leaves = (0..<count).map { HashTree.leaf([UInt8($0)]) }
    let tree = try #require(HashTree(leaves: leaves))
    for index in 0..<count {
      let path = tree.path(to: index)
      func root(_ leaf: Int, at place: Int, along path: [UInt8]) -> [UInt8]? {
        HashTree.root(from: leaves[leaf], at: place, of: count, along: path)
      }
      #expect(root(index, at: index, along: path) == tree.root)
      if count > 1 {
        let other = (index + 1) % count
        #expect(root(other, at: index, along: path) != tree.root)
        #expect(root(index, at: other, along: path) != tree.root)
        #expect(root(index, at: index, along: Array(path.dropLast(32))) == nil)
      }
      #expect(root(index, at: index, along: path + tree.root) == nil)
      #expect(root(index, at: count, along: path) == nil)
      #expect(root(index, at: -1, along: path) == nil)
    }
  }

  @Test("A tree is kept by its peaks, of which there are as many as its size has ones")
  func kept() throws {
    var tree = GrowingHashTree()
    for number in 0..<21 { tree.append(leaf: HashTree.leaf([UInt8(number)])) }
    #expect(try #require(GrowingHashTree(count: 21, peaks: tree.peaks)) == tree)
    #expect(GrowingHashTree(count: 20, peaks: tree.peaks) == nil)
    #expect(HashTree(leaves: []) == nil)
    #expect(GrowingHashTree().root == SHA256Digest.of([]))
  }
}
