internal import ExchangeProtos
internal import ExchangeRules
internal import RPC
internal import Wire

/// The work of townships and villages, and what it is assessed by (S10, S9.2).
struct TownshipService {
  let node: Node

  func register(in methods: inout MethodTable) {
    methods.stream(Township.work) { [node] request, context, replies in
      let question = try OfficeQuestion(
        cycle: request.cycle, of: request.of, by: context, at: node)
      let report = WorkReport(node: node, question: question)
      for line in try await report.lines(by: try question.figures.level(request.by)) {
        try await replies.write(line)
      }
    }
    methods.stream(Township.late) { [node] request, context, replies in
      let cycle = "\(SubmissionCycle(containing: node.today))"
      let question = try OfficeQuestion(cycle: cycle, of: request.of, by: context, at: node)
      try await LateItems(node: node, question: question).write(to: replies, for: context.caller)
    }
    methods.stream(Township.sample) { [node] request, context, replies in
      let question = try OfficeQuestion(
        cycle: request.cycle, of: request.of, asOf: request.asOf, by: context, at: node)
      let checking = SpotChecking(node: node, context: context)
      try await checking.sample(request, question, replies)
    }
    methods.answer(Township.check) { [node] request, context in
      try await SpotChecking(node: node, context: context).check(request)
    }
  }
}
