"""Numbers of days before or after a day when a reminder is due. The kinds of mail describe themselves by them."""

# Before a meeting; what is late is asked for from the day after its last day until the meeting.
MEETING_NEARS = 10
ASSESSMENT_NEARS = 7
LATE_AFTER = 1
# After a meeting: from the first number of days until the second.
WRAP_UP_AFTER, WRAP_UP_UNTIL = 1, 7
AGREEMENT_NEARS, AGREEMENT_LATE_UNTIL = 7, 7
CYCLE_LATE_UNTIL = 7
REPORT_COMES, REPORT_NEARS, REPORT_LATE_UNTIL = 30, 7, 14
