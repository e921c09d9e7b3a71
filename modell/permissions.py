"""The names of all permissions. Who holds them stands in each app's rules.py, as sentences."""

from enum import StrEnum

import rules
from django.core.exceptions import PermissionDenied


class Perm(StrEnum):
    # On a cohort
    SEE_READINESS = "cohorts.see_readiness"
    SET_UP_COHORT = "cohorts.set_up"
    READ_GROUPING = "cohorts.read_grouping"
    EDIT_GROUPS = "cohorts.edit_groups"
    ADMIT = "cohorts.admit"
    READ_INTERESTS = "cohorts.read_interests"
    READ_DIRECTORY = "cohorts.read_directory"
    EXPORT_DIRECTORY = "cohorts.export_directory"
    EDIT_ALL_PEOPLE = "cohorts.edit_all_people"
    ADD_PARTICIPATION = "cohorts.add_participation"
    EXTEND_COHORT = "cohorts.extend"
    READ_MENTOR_POOL = "cohorts.read_mentor_pool"
    EDIT_MEETINGS = "meetings.edit_meetings"
    READ_MAIL = "mailings.read_mail"
    SEND_MAIL = "mailings.send_mail"
    SEE_FIGURES = "checklist.see_figures"
    EDIT_TITLE_RULE = "checklist.edit_title_rule"
    EDIT_JOINT_REPORT = "reports.edit_joint_report"
    # On a participation
    READ_PEOPLE = "cohorts.read_people"
    EDIT_PEOPLE = "cohorts.edit_people"
    READ_INTRODUCTION = "cohorts.read_introduction"
    READ_PARTICIPATION = "cohorts.read_participation"
    EDIT_PARTICIPATION = "cohorts.edit_participation"
    WITHDRAW = "cohorts.withdraw"
    READ_MENTORING = "cohorts.read_mentoring"
    PREPARE_AS_MENTOR = "cohorts.prepare_as_mentor"
    ANSWER_MENTOR = "cohorts.answer_mentor"
    AGREE_TO_MENTOR = "cohorts.agree_to_mentor"
    READ_DECISIONS = "cohorts.read_decisions"
    RECORD_DECISION = "cohorts.record_decision"
    READ_VALUES = "checklist.read_values"
    LEARN_FROM = "checklist.learn_from"
    START_ASSESSMENT = "checklist.start_assessment"
    START_OUTSIDE = "checklist.start_outside"
    EDIT_PARTS = "checklist.edit_parts"
    IMPORT_WORKBOOK = "checklist.import_workbook"
    READ_TITLE = "checklist.read_title"
    DECIDE_TITLE = "checklist.decide_title"
    EDIT_WORK = "improvements.edit_work"
    READ_TRAIL = "programme.read_trail"
    # On a meeting
    EDIT_MEETING = "meetings.edit_meeting"
    CHANGE_HOST = "meetings.change_host"
    ANSWER_MEETING = "meetings.answer_meeting"
    RECORD_ATTENDANCE = "meetings.record_attendance"
    READ_AT_MEETING = "meetings.read_at_meeting"
    WRITE_AT_MEETING = "meetings.write_at_meeting"
    SPEAK_AT_MEETING = "meetings.speak_at_meeting"
    # On what is written or laid at a meeting
    CHANGE_AGREEMENT = "meetings.change_agreement"
    TICK_AGREEMENT = "meetings.tick_agreement"
    CHANGE_IMPRESSION = "meetings.change_impression"
    REMOVE_IDEA = "meetings.remove_idea"
    REMOVE_MATERIAL = "meetings.remove_material"
    # On an assessment
    EDIT_ASSESSMENT = "checklist.edit_assessment"
    SUBMIT_ASSESSMENT = "checklist.submit_assessment"
    RETRACT_ASSESSMENT = "checklist.retract_assessment"
    READ_OWN_ASSESSMENT = "checklist.read_own_assessment"
    LEAD_ROUND = "checklist.lead_round"
    ASK_QUERY = "checklist.ask_query"
    ANSWER_QUERY = "checklist.answer_query"
    ASK_REOPENING = "checklist.ask_reopening"
    ANSWER_REOPENING = "checklist.answer_reopening"
    # On a report
    EDIT_REPORT = "reports.edit_report"
    SUBMIT_REPORT = "reports.submit_report"
    APPROVE_REPORT = "reports.approve_report"
    BUILD_REPORT = "reports.build_report"
    # On nothing in particular
    READ_EDITIONS = "programme.read_editions"
    EDIT_EDITION = "programme.edit_edition"
    START_COHORT = "programme.start_cohort"
    EDIT_MAIL_WORDING = "mailings.edit_wording"
    EDIT_CHECKLIST = "checklist.edit_checklist"
    READ_SKR_TRAIL = "programme.read_skr_trail"


def may(user: object, perm: Perm, target: object = None) -> bool:
    return bool(rules.has_perm(perm, user, target))


def require(user: object, perm: Perm, target: object = None) -> None:
    """403 for what is in scope but not allowed; out of scope is already 404 by `visible_to`."""
    if not may(user, perm, target):
        raise PermissionDenied
