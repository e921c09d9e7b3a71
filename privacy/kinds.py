"""Every app's kinds of trail rows, with the sentence of each."""

from accounts.trail import AccountEvent
from admission.trail import AdmissionEvent
from archive.trail import ArchiveEvent
from assessments.trail import AssessmentEvent
from checklist.trail import ChecklistEvent
from cohorts.trail import CohortEvent
from decisions.trail import DecisionEvent
from evaluation.trail import EvaluationEvent
from exchange.trail import ExchangeEvent
from follow_up.trail import FollowUpEvent
from grouping.trail import GroupingEvent
from improvements.trail import ImprovementEvent
from indicators.trail import IndicatorEvent
from kolada.trail import KoladaEvent
from mailings.trail import MailEvent
from meetings.trail import MeetingEvent
from mentoring.trail import MentoringEvent
from papers.trail import PaperEvent
from people.trail import PeopleEvent
from planning.trail import PlanningEvent
from privacy.trail import PrivacyEvent
from questions.trail import QuestionEvent
from reports.trail import ReportEvent

KINDS = (
    *(AccountEvent, MailEvent, CohortEvent, MeetingEvent, DecisionEvent, ChecklistEvent, AssessmentEvent, PeopleEvent),
    *(QuestionEvent, ImprovementEvent, ReportEvent, MentoringEvent, AdmissionEvent, GroupingEvent, PlanningEvent),
    *(IndicatorEvent, FollowUpEvent, ExchangeEvent, ArchiveEvent, PrivacyEvent, KoladaEvent, PaperEvent),
    EvaluationEvent,
)
SENTENCES = {kind.value: str(kind.label) for kinds in KINDS for kind in kinds}
