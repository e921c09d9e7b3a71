"""What every app says in its `personal.py`, gathered. A new model is named there, and nowhere else."""

from accounts import personal as accounts
from admission import personal as admission
from archive import personal as archive
from assessments import personal as assessments
from checklist import personal as checklist
from cohorts import personal as cohorts
from decisions import personal as decisions
from evaluation import personal as evaluation
from follow_up import personal as follow_up
from grouping import personal as grouping
from improvements import personal as improvements
from indicators import personal as indicators
from kit import personal as kit
from kit.retention import Keeping
from kolada import personal as kolada
from mailings import personal as mailings
from meetings import personal as meetings
from mentoring import personal as mentoring
from papers import personal as papers
from people import personal as people
from planning import personal as planning
from policy import personal as policy
from questions import personal as questions
from reports import personal as reports

APPS = (
    *(accounts, cohorts, people, admission, meetings, assessments, checklist, decisions, questions, improvements),
    evaluation,
    *(indicators, kolada, policy),
    *(papers, reports, mentoring, grouping, planning, mailings, follow_up, archive, kit),
)
# In the order in which a person reads them.
HELD = {model: holding for app in APPS for model, holding in getattr(app, "HELD", {}).items()}
NOTHING = {model: why for app in APPS for model, why in getattr(app, "NOTHING", {}).items()}
PRINTED = {model: printed for app in APPS for model, printed in getattr(app, "PRINTED", {}).items()}
EXCEPTIONS = (*admission.EXCEPTIONS, *reports.EXCEPTIONS)
KEEPINGS: tuple[Keeping, ...] = (
    *(kit.TRAIL, accounts.SESSIONS, mailings.MAIL, admission.INTEREST, assessments.RATINGS, cohorts.LEFT_UPLOADS),
    *(reports.APPROVALS, evaluation.NOTES),
)
