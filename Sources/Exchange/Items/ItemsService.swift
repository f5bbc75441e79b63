internal import ExchangeProtos
internal import ExchangeRules
internal import Ledger
internal import RPC

/// What operators do with items: each act in a file of its own, written as an event.
struct ItemsService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.answer(Items.enter) { [node] request, context in
      try await Entering(node: node, context: context).enter(request)
    }
    methods.answer(Items.send) { [node] request, context in
      try await Sending(node: node, context: context).send(request)
    }
    methods.answer(Items.receive) { [node] request, context in
      try await ItemBatch(node: node, context: context)
        .perform(.received, on: request, in: [.delivered])
    }
    methods.answer(Items.close) { [node] request, context in
      // S4.2: a notice that must only be received is done when it is.
      try await ItemBatch(node: node, context: context)
        .perform(.closed, on: request, in: [.received, .assigned, .answered])
    }
    methods.answer(Items.takeBack) { [node] request, context in
      try await Retracting(node: node, context: context).takeBack(request)
    }
    methods.answer(Items.assign) { [node] request, context in
      try await Assigning(node: node, context: context).assign(request)
    }
    methods.answer(Items.recordSearch) { [node] request, context in
      try await Answering(node: node, context: context).recordSearch(request)
    }
    methods.answer(Items.submitAnswer) { [node] request, context in
      try await Answering(node: node, context: context).answer(request)
    }
    methods.answer(Items.follow) { [node] request, context in
      try await Following(node: node, context: context).follow(request)
    }
    methods.answer(Items.counts) { [node] _, context in
      try await Counting(node: node, context: context).counts()
    }
    methods.stream(Items.list) { [node] request, context, replies in
      try await Listing(node: node, context: context).list(request, replies)
    }
  }
}
