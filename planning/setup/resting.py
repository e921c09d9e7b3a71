"""The work that rests on a meeting, which can then be cancelled but not removed, or on an omgång."""

from collections.abc import Iterator

from admission.models import Interest, InterestAsk, LetterIssue
from assessments.models import Assessment, Release, Reopening
from cohorts.models import Cohort
from kit.templatetags.swedish import enumerated
from mailings.models import Mail
from meetings.models import Meeting, PreparationTick
from mentoring.models import MentorQuestion
from reports.models import Build, JointReport


def rests_on(meeting: Meeting) -> str:
    """Return the work as the end of a sentence; empty if the meeting can be removed."""
    return enumerated(_kinds_of_work(meeting))


def _kinds_of_work(meeting: Meeting) -> Iterator[str]:
    if meeting.documentation:
        yield "dokumentation"
    if Assessment.objects.filter(meeting=meeting).exists() or Reopening.objects.filter(move_to=meeting).exists():
        yield "självskattningar"
    if Release.objects.filter(meeting=meeting).exists() or Build.objects.filter(meeting=meeting).exists():
        yield "visade siffror eller rapporter"
    if meeting.attendances.exists():
        yield "svar eller närvaro"
    if PreparationTick.objects.filter(preparation__meeting=meeting).exists():
        yield "avbockade förberedelser"
    if meeting.host_tasks.exclude(done_on=None).exists():
        yield "avbockade arrangörsuppgifter"
    if meeting.material.exists():
        yield "material"
    if meeting.agreements.exists() or meeting.takeaways.exists() or meeting.impressions.exists():
        yield "anteckningar från deltagarna"


def rests_on_cohort(cohort: Cohort) -> str:
    """Return the work as the end of a sentence; empty if the omgång is only set up, and can be deleted."""
    return enumerated(_work_in(cohort))


def _work_in(cohort: Cohort) -> Iterator[str]:
    if cohort.participations.exists():
        yield "organisationer"
    if cohort.groups.exists():
        yield "grupper"
    if Interest.objects.filter(cohort=cohort).exists():
        yield "intresseanmälningar"
    if InterestAsk.objects.filter(cohort=cohort).exists():
        yield "frågor om att skriva en intresseanmälan"
    if MentorQuestion.objects.filter(cohort=cohort).exists():
        yield "frågor om mentorskap"
    if cohort.evaluators.exists() or cohort.programme_goals.exists() or cohort.goal_judgements.exists():
        yield "lärande utvärderare eller bedömda mål"
    if LetterIssue.objects.filter(cohort=cohort).exists() or Mail.objects.filter(about=cohort.slug).exists():
        yield "skickade brev eller mejl"
    joint = JointReport.objects.filter(cohort=cohort).first()
    if joint and (joint.texts.exclude(text="").exists() or joint.editions.exists()):
        yield "en gemensam rapport"
    if any(rests_on(meeting) for meeting in cohort.meetings.all()):
        yield "träffar som har hållits eller svarats på"
