"""The page of the access table where each model's rows are read first, or why none shows them."""

_BY_PAGE = {
    "people:people": "accounts.User cohorts.Delegate people.SeatOffer",
    "people:person_edit": "accounts.AddressChange",
    "people:participation": "cohorts.Participation cohorts.GroupMove cohorts.Organisation",
    "people:evaluators": "cohorts.Evaluator",
    "overview:cohort": "cohorts.Cohort cohorts.CohortContact",
    "improvements:expected": "cohorts.ExpectedResult improvements.ResultAnswer improvements.OwnGoal",
    "grouping:grouping": "cohorts.Group cohorts.GroupMentor grouping.GroupingRule grouping.GroupingWeights",
    "planning:editions": "planning.Edition",
    "planning:edition": """
        planning.EditionStep planning.EditionPreparation planning.EditionAgendaItem planning.EditionHostTask
        planning.EditionResult planning.EditionSection planning.EditionChange planning.EditionChapter
    """,
    "planning:setup": "planning.Setup",
    "planning:dates": "meetings.Period",
    "admission:interest_read": "admission.Interest admission.InterestPerson admission.InterestWriter",
    "admission:interests": "admission.InterestAsk",
    "admission:letter": "admission.Letter",
    "admission:letter_issue": "admission.LetterIssue",
    "mentoring:mentors": "mentoring.MentorQuestion mentoring.MentorOffer mentoring.MentorAgreement",
    "reports:section_history": "reports.SectionVersion",
    "reports:report": """
        reports.Section reports.Report reports.ReportSection reports.SectionQuery reports.ReportReopening
    """,
    "reports:quotes": "reports.Quote",
    "reports:section_comments": "reports.ReportComment",
    "reports:board_paper": "papers.PaperStyle papers.MadePaper",
    "reports:report_edition": "reports.ReportEdition",
    "reports:joint": "reports.JointReport",
    "reports:joint_chapter": "reports.Chapter reports.ChapterText reports.TakenIn",
    "reports:build": "reports.Build",
    "improvements:chain": "improvements.PastStep improvements.Placement",
    "improvements:work": "improvements.Improvement improvements.Effort improvements.Cycle improvements.EffortStep",
    "improvements:improvement": """
        improvements.ChangeIdea improvements.CycleName improvements.Comment improvements.WorkEvidence
    """,
    "improvements:steps": "improvements.ReachedGoal",
    "questions:questions": "questions.AskedQuestion",
    "evaluation:evaluation": "evaluation.Observation evaluation.Interview evaluation.EvaluatorQuote",
    "evaluation:attainment": "evaluation.ProgrammeGoal evaluation.GoalJudgement",
    "evaluation:own_advice": "evaluation.Advice evaluation.AdviceAnswer",
    "indicators:indicators": "indicators.Indicator indicators.Value",
    "indicators:statistics": "indicators.StatisticsHeld",
    "indicators:analyses": "indicators.Analysis",
    "kolada:starters": "kolada.StarterFigure kolada.Fetch",
    "decisions:decisions": "decisions.PoliticalDecision",
    "assessments:parts": "cohorts.Part",
    "assessments:assessment": "assessments.Assessment assessments.Score assessments.Evidence",
    "assessments:answer_query": "assessments.Query",
    "assessments:answer_reopening": "assessments.Reopening",
    "assessments:title_rule": "assessments.AssessmentPlan",
    "assessments:title": "assessments.TitleDecision",
    "assessments:round": "assessments.RatingRound assessments.Rater",
    "assessments:rate_alone": "assessments.Rating",
    "reports:figures": "assessments.Release assessments.PublishedAnswers",
    "checklist:version": """
        checklist.Checklist checklist.Step checklist.Item checklist.ItemLink checklist.Question checklist.Guidance
        checklist.WordingChange
    """,
    "meetings:meetings": "meetings.Meeting",
    "meetings:meeting": """
        meetings.AgendaItem meetings.Preparation meetings.PreparationTick meetings.Material meetings.Agreement
        meetings.Impression meetings.Takeaway
    """,
    "meetings:host_tasks": "meetings.HostTask",
    "meetings:attendance": "meetings.Attendance",
    "meetings:calendar": "meetings.CalendarFeed",
    "follow_up:mail": "mailings.Mail mailings.MailHold",
    "follow_up:mailings": "follow_up.Mailing",
    "follow_up:mail_file": "mailings.Attachment",
    "archive:organisation": "archive.Bundle",
    "follow_up:mail_wordings": "mailings.Wording",
    "follow_up:mail_choice": "mailings.MailChoice",
    "mfa_index": "mfa.Authenticator usersessions.UserSession",
    "overview:trail": "kit.AuditEvent",
    "overview:operation": "kit.PeriodicRun",
    "privacy:requests": "people.ErasureRequest",
    "privacy:retention": "kit.Retention",
    "privacy:mine": "accounts.ProviderSubject account.EmailAddress socialaccount.SocialAccount",
}
_BY_REASON = {
    "it is chosen from in forms, and the same on every site": "policy.NationalGoal policy.Article kolada.KeyFigure",
    "it stands at an organisation's indicator": "kolada.OfficialValue kolada.Revision",
    "it is filled in on the page of its own form, for its own person only": "kit.KeptForm",
    "it holds the number of a form": "kit.SentForm",
    "its address says that it is gone": "improvements.WithdrawnExample",
    "the session's own cookie opens it": "sessions.Session",
    "not used here": """
        account.EmailConfirmation socialaccount.SocialApp socialaccount.SocialToken auth.Group auth.Permission
        contenttypes.ContentType
    """,
}
SHOWN = {label: page for pages in (_BY_PAGE, _BY_REASON) for page, labels in pages.items() for label in labels.split()}
