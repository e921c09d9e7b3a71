"""Permissions to write, hand in, approve and order reports. The actions check the state of the report."""

import rules

from accounts.models import User
from cohorts.rules import (
    evaluates,
    evaluates_its_cohort,
    has_not_left,
    is_mentored_by,
    is_own,
    is_process_leader,
    is_strategist,
    leads_it,
    of_participation,
    works_on_it,
)
from kit.permissions import permission
from reports.enums import ChapterOwner
from reports.models import ChapterText, Report


@rules.predicate
def is_draft(_user: User, report: Report) -> bool:
    return report.is_draft


@rules.predicate
def is_the_evaluators(user: User, text: ChapterText) -> bool:
    return text.owner == ChapterOwner.EVALUATOR and evaluates.test(user, text.joint.cohort)


EDIT_JOINT_REPORT = permission("reports.edit_joint_report", is_process_leader)
# Who reads the joint report before it is published.
READ_JOINT_DRAFT = permission("reports.read_joint_draft", is_process_leader | evaluates)
WRITE_CHAPTER = permission("reports.write_chapter", is_process_leader | is_the_evaluators)
# Who reads the draft of a result report, and who says something of it to the others.
READ_REPORT_DRAFT = permission("reports.read_report_draft", of_participation(is_own))
COMMENT_REPORT = permission("reports.comment_report", of_participation(is_own & has_not_left))
EDIT_REPORT = permission("reports.edit_report", of_participation(works_on_it & has_not_left))
# The same permission hands in a report, takes it back, publishes it when it is approved, and corrects it.
SUBMIT_REPORT = permission("reports.submit_report", of_participation(is_strategist & has_not_left))
# The strategist also says who writes what by when.
ASSIGN_SECTIONS = permission("reports.assign_sections", of_participation(is_strategist & has_not_left))
APPROVE_REPORT = permission("reports.approve_report", of_participation(leads_it & has_not_left))
ASK_ABOUT_REPORT = permission("reports.ask_about_report", is_process_leader)
ANSWER_ABOUT_REPORT = permission("reports.answer_about_report", of_participation(works_on_it & has_not_left))
CONSENT_TO_REOPEN = permission("reports.consent_to_reopen", of_participation(is_strategist & has_not_left))
BUILD_REPORT = permission(
    "reports.build_report",
    of_participation(is_own & has_not_left)
    | (~is_draft & of_participation(is_process_leader | is_mentored_by | evaluates_its_cohort)),
)
READ_BOARD_PAPER = permission("reports.read_board_paper", is_own)
