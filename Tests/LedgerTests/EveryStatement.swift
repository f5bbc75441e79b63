import ExchangeRules

@testable import Ledger

/// The ledger's own, where the engine has another of that name.
typealias LedgerStatement = Statement
/// The ledger's own, where the engine has another of that name.
typealias LedgerTable = Table

/// Every statement of the ledger by its name in the code; of a family, those that can be asked for.
enum EveryStatement {
  static let all: [(name: String, statement: Statement)] =
    single + items("items", Statement.items, paged: true) + items("itemCount", Statement.itemCount)
    + items("itemCounts", Statement.itemCounts) + records + changes + countedItems
    + searches

  private static let single: [(String, Statement)] = [
    ("setting", .setting), ("makeSetting", .makeSetting), ("changeSetting", .changeSetting),
    ("keepSetting", .keepSetting), ("awaited", .awaited), ("awaitNobody", .awaitNobody),
    ("awaitNeighbours", .awaitNeighbours), ("awaitNeighbour", .awaitNeighbour),
    ("hasTold", .hasTold),
    ("revokeAllSessions", .revokeAllSessions), ("dismiss", .dismiss), ("setAsideAt", .setAsideAt),
    ("dismissedSince", .dismissedSince), ("outboxStandings", .outboxStandings),
    ("noteHello", .noteHello),
    ("quarantineCounts", .quarantineCounts), ("objectionCounts", .objectionCounts),
    ("withdrawObjection", .withdrawObjection), ("pruneObjections", .pruneObjections),
    ("account", .account), ("accounts", .accounts),
    ("accountsOfRole", .accountsOfRole), ("loginDays", .loginDays),
    ("createAccount", .createAccount), ("changePassword", .changePassword),
    ("disableAccount", .disableAccount), ("recordLogin", .recordLogin),
    ("recordLoginDay", .recordLoginDay), ("recordFailures", .recordFailures), ("node", .node),
    ("nodes", .nodes), ("registerNode", .registerNode),
    ("enableNode", .enableNode), ("recordSeen", .recordSeen),
    ("adoptCertificate", .adoptCertificate),
    ("offerCertificate", .offerCertificate), ("recordTrust", .recordTrust),
    ("certificateRequest", .certificateRequest), ("certificateRequests", .certificateRequests),
    ("keepCertificateRequest", .keepCertificateRequest), ("answerRequest", .answerRequest),
    ("removeRequest", .removeRequest), ("latestTrust", .latestTrust), ("keepTrust", .keepTrust),
    ("applyTrust", .applyTrust), ("trustBehind", .trustBehind), ("waitingTrust", .waitingTrust),
    ("trustInForce", .trustInForce),
    ("openRotation", .openRotation), ("rotations", .rotations),
    ("insertRotation", .insertRotation), ("moveRotation", .moveRotation),
    ("restorePassword", .restorePassword), ("retirePassword", .retirePassword),
    ("untoldPasswordChanges", .untoldPasswordChanges), ("passwordChanges", .passwordChanges),
    ("openPasswordChanges", .openPasswordChanges),
    ("acknowledgePasswordChange", .acknowledgePasswordChange),
    ("markTold", .markTold), ("notePasswordChange", .notePasswordChange),
    ("knownPasswordChange", .knownPasswordChange), ("keepPasswordChange", .keepPasswordChange),
    ("session", .session), ("accountNumber", .accountNumber), ("openSession", .openSession),
    ("useSession", .useSession), ("heldAccounts", .heldAccounts),
    ("heldSessions", .heldSessions), ("heldAside", .heldAside),
    ("heldObjections", .heldObjections), ("heldWaiting", .heldWaiting),
    ("heldTraces", .heldTraces), ("heldPages", .heldPages),
    ("heldPasswordChanges", .heldPasswordChanges), ("heldRotations", .heldRotations),
    ("heldRequests", .heldRequests),
    ("revokeSession", .revokeSession), ("revokeSessions", .revokeSessions),
    ("removeExpiredSessions", .removeExpiredSessions),
    ("displaceSessions", .displaceSessions), ("forgetEndedSessions", .forgetEndedSessions),
    ("accountCertificate", .accountCertificate), ("accountCertificates", .accountCertificates),
    ("bindCertificate", .bindCertificate), ("revokeCertificate", .revokeCertificate),
    ("retireCertificates", .retireCertificates),
    ("calendarDays", .calendarDays), ("removeCalendarDays", .removeCalendarDays),
    ("importCalendarDay", .importCalendarDay), ("openItems", .openItems),
    ("dueChangesSince", .dueChangesSince), ("dueChangesOfItem", .dueChangesOfItem),
    ("insertDueChange", .insertDueChange), ("itemByID", .itemByID), ("events", .events),
    ("event", .event), ("eventCount", .eventCount), ("firstEvent", .firstEvent),
    ("doneItems", .doneItems), ("firstWaiting", .firstWaiting), ("removeBody", .removeBody),
    ("removeSetAsideOfItem", .removeSetAsideOfItem), ("removePerson", .removePerson),
    ("itemsToErase", .itemsToErase), ("removeVersions", .removeVersions),
    ("currentVersion", .currentVersion), ("removeRecord", .removeRecord),
    ("removeConfirmations", .removeConfirmations), ("itemsIn", .itemsIn),
    ("versionsBehind", .versionsBehind), ("eventAtPlace", .eventAtPlace),
    ("traceAtPlace", .traceAtPlace), ("letterAtPlace", .letterAtPlace),
    ("lastSignedPage", .lastSignedPage), ("eventsOfPerson", .eventsOfPerson),
    ("eventsOfItem", .eventsOfItem), ("eventsOfAccount", .eventsOfAccount),
    ("eventsInTime", .eventsInTime), ("lettersOfAccount", .lettersOfAccount),
    ("lettersInTime", .lettersInTime), ("traceLinesOfItem", .traceLinesOfItem),
    ("traceLinesOfPerson", .traceLinesOfPerson), ("traceLinesOfAccount", .traceLinesOfAccount),
    ("traceLinesInTime", .traceLinesInTime),
    ("firstBody", .firstBody),
    ("insertItem", .insertItem), ("insertEvent", .insertEvent), ("lastItem", .lastItem),
    ("catchUp", .catchUp), ("itemsBehind", .itemsBehind), ("itemInRow", .itemInRow),
    ("lastEvent", .lastEvent), ("touchedSince", .touchedSince), ("peerStore", .peerStore),
    ("meet", .meet), ("clearOutbox", .clearOutbox), ("acknowledgeAll", .acknowledgeAll),
    ("inboxCursor", .inboxCursor), ("moveInboxCursor", .moveInboxCursor),
    ("keepObjection", .keepObjection),
    ("removeObjections", .removeObjections), ("objections", .objections),
    ("objectionsToItem", .objectionsToItem), ("objectionCount", .objectionCount),
    ("neighbourLog", .neighbourLog), ("neighbourLogs", .neighbourLogs),
    ("keepNeighbourLog", .keepNeighbourLog),
    ("outbox", .outbox), ("outboxStanding", .outboxStanding), ("outboxTail", .outboxTail),
    ("insertOutboxPeer", .insertOutboxPeer), ("insertOutboxEntry", .insertOutboxEntry),
    ("eventNumber", .eventNumber), ("eventNumbers", .eventNumbers), ("outboxHead", .outboxHead),
    ("acknowledgedHead", .acknowledgedHead), ("emptyOutbox", .emptyOutbox),
    ("acknowledge", .acknowledge), ("moveOutboxTail", .moveOutboxTail),
    ("quarantine", .quarantine), ("removeSetAside", .removeSetAside),
    ("pruneQuarantine", .pruneQuarantine), ("quarantined", .quarantined), ("setAside", .setAside),
    ("setAsideOfPeer", .setAsideOfPeer), ("setAsideOfItem", .setAsideOfItem),
    ("quarantinedCount", .quarantinedCount), ("card", .card),
    ("persons", .persons), ("record", .record), ("versions", .versions),
    ("insertRecord", .insertRecord), ("recordNumber", .recordNumber),
    ("insertVersion", .insertVersion), ("setVersion", .setVersion),
    ("insertConfirmation", .insertConfirmation), ("isMerged", .isMerged),
    ("insertMerge", .insertMerge), ("undoMerge", .undoMerge), ("subjectKeys", .subjectKeys),
    ("leadingKey", .leadingKey), ("merges", .merges), ("insertTrace", .insertTrace),
    ("tracesOfItem", .tracesOfItem), ("tracesOfSubject", .tracesOfSubject), ("traces", .traces),
    ("tracesOfAccount", .tracesOfAccount), ("tracesInTime", .tracesInTime),
    ("traceHead", .traceHead), ("traceChain", .traceChain), ("logEnd", .logEnd),
    ("moveLogEnd", .moveLogEnd), ("insertLogPage", .insertLogPage), ("logPage", .logPage),
    ("lastLogPage", .lastLogPage), ("logPages", .logPages), ("loggedEvents", .loggedEvents),
    ("loggedTraces", .loggedTraces), ("signatory", .signatory), ("keepSignatory", .keepSignatory),
    ("addFigure", .addFigure),
    ("removeFigure", .removeFigure), ("figures", .figures), ("figurePlaces", .figurePlaces),
    ("figureVersions", .figureVersions), ("insertFigureVersion", .insertFigureVersion),
    ("figureCycles", .figureCycles), ("letter", .letter), ("letters", .letters),
    ("lettersWaiting", .lettersWaiting), ("lastLetterPeriod", .lastLetterPeriod),
    ("letterEvents", .letterEvents), ("insertLetter", .insertLetter),
    ("insertLetterEvent", .insertLetterEvent), ("deliverLetter", .deliverLetter),
    ("acknowledgeLetter", .acknowledgeLetter), ("lettersForPeer", .lettersForPeer),
    ("lastLetterStep", .lastLetterStep), ("letterStep", .letterStep), ("letterInbox", .letterInbox),
    ("moveLetterInbox", .moveLetterInbox), ("spotCheck", .spotCheck),
    ("insertSpotCheck", .insertSpotCheck), ("flowReleases", .flowReleases),
    ("flowReleaseBefore", .flowReleaseBefore), ("insertFlowRelease", .insertFlowRelease),
    ("capacities", .capacities), ("setCapacity", .setCapacity),
    ("removeCapacity", .removeCapacity), ("loggedLetters", .loggedLetters),
    ("searchEnd", .searchEnd), ("savedQueries", .savedQueries), ("saveQuery", .saveQuery),
    ("forgetQuery", .forgetQuery),
  ]

  /// Lists of every box, within every kind of reach, with every filter.
  private static func items(
    _ name: String, _ family: StatementFamily<[String]>, paged: Bool = false
  ) -> [(String, Statement)] {
    var queries: [ItemQuery] = []
    for box in [
      ItemQuery.Box.all, .inbound, .outbound, .todo, .waiting, .withoutEffect, .toDecide,
    ] {
      for reach in [nil, ItemReach.nothing, .only("440306"), .digits("4403")] {
        queries += [
          ItemQuery(box, reach: reach), ItemQuery(box, state: .received, reach: reach),
          ItemQuery(box, assignedTo: "440306001", reach: reach),
          ItemQuery(box, dueBefore: 20_090_701, reach: reach),
          ItemQuery(box, subjectKey: "key", reach: reach),
        ]
      }
    }
    let conditions = queries.map(\.conditions.sql)
    let asked = paged ? conditions + conditions.map { $0 + [ItemCursor.condition] } : conditions
    return asked.map { (name, family[$0]) }
  }

  /// Combined queries of a person and of a period, within every kind of place and reach.
  private static var searches: [(String, Statement)] {
    let reaches = [nil, ItemReach.nothing, .only("440306"), .digits("4403")]
    return [nil, "key"].flatMap { key in
      reaches.flatMap { place in
        reaches.map { reach in
          var conditions = ItemConditions()
          conditions.subjectKeys = key.map { [$0] }
          (conditions.place, conditions.reach) = (place, reach)
          return ("search", Statement.search[conditions.shape])
        }
      }
    }
  }

  private static var countedItems: [(String, Statement)] {
    CountedSide.allCases.map { ("countedItems", Statement.countedItems[$0]) }
  }

  private static var records: [(String, Statement)] {
    SubjectKeys.allCases.flatMap { keys in
      [false, true].flatMap { hasCategory in
        [false, true].map { includesWithdrawn in
          let query = Statement.RecordQuery(
            keys: keys, hasCategory: hasCategory, includesWithdrawn: includesWithdrawn)
          return ("records", Statement.records[query])
        }
      } + [("confirmations", Statement.confirmations[keys])]
    }
  }

  private static var changes: [(String, Statement)] {
    (0..<ItemTable.columns.count).map { place in
      var set = ColumnSet()
      set.insert(place)
      return ("changeItem", Statement.changeItem[set])
    }
  }
}
