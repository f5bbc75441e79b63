// Tables of facts that the rules are given: calendar, divisions, townships.
