import ExchangeProtos
import Testing

@Suite struct `Methods are numbered by their names` {
  private static func fnv1a(_ text: String) -> UInt32 {
    text.utf8.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }

  @Test func `FNV-1a is the published one`() {
    #expect(Self.fnv1a("") == 0x811C_9DC5)
    #expect(Self.fnv1a("a") == 0xE40C_292C)
    #expect(Self.fnv1a("foobar") == 0xBF9C_F968)
  }

  @Test(arguments: ProtoCatalogue.methods)
  func `the number is FNV-1a of the full name`(method: MethodDescriptor) {
    #expect(method.number == Self.fnv1a(method.fullName))
  }

  @Test func `names and numbers are unique`() {
    let methods = ProtoCatalogue.methods
    #expect(methods.count >= 15)
    #expect(Set(methods.map(\.number)).count == methods.count)
    #expect(Set(methods.map(\.fullName)).count == methods.count)
  }

  @Test func `each service lists its methods`() {
    #expect(Items.methods.contains(Items.enter.descriptor))
    #expect(Items.enter.descriptor.fullName == "xiecha.v1.Items/Enter")
    #expect(Items.enter.descriptor.shape == .unary)
    #expect(Items.list.descriptor.shape == .serverStreaming)
    #expect(Link.exchange.descriptor.shape == .bidirectional)
    #expect(Bench.submit.descriptor.fullName == "xiecha.bench.v1.Bench/Submit")
  }
}
