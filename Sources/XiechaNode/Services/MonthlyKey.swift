import ExchangeRules
import Ledger
import Logging
import Presentation
import ServiceLifecycle

/// Gives a sealed ledger a new key each month, at the start and every hour after.
struct MonthlyKey: Service {
  let ledger: Ledger
  let logger: Logger

  private static let pause = Duration.seconds(3600)

  func run() async throws {
    await doAgain(every: MonthlyKey.pause) {
      do {
        let today = "\(CivilDate(chinaDateOf: SystemClock.milliseconds))"
        if try ledger.renewDataKey(on: today) {
          logger.notice("the ledger is sealed with this month's key from now on")
        }
      } catch {
        logger.error("this month's key could not be made", metadata: ["error": "\(error)"])
      }
    }
  }
}
