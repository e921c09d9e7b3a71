"""Reports with something of everything, for the tests of each format."""

from datetime import date

from assessments.figures.releases import renew_releases
from cohorts.enums import ExpectedKind
from cohorts.models import ExpectedResult
from reports.content import joint_content, organisation_content
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    CycleFactory,
    EffortFactory,
    EffortStepFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    frozen,
)

TEXTS = {
    "preface": "Hej.",
    "results--moment-3": "Fler frågar.",
    "results--product": "Mallarna används.",
    "reflections": "Slut.",
}
WORDS = "Det första vi gjorde var att mäta. Sedan bestämde vi vad som skulle ändras."


def cohort_of_six(**values):
    """Six participants with two assessments each, whose reports are handed in and approved."""
    cohort = CohortFactory(**{"constructed": False, "plan__half_steps": True} | values)
    meetings = [MeetingFactory(cohort=cohort, starts_on=date(2026, month, 1)) for month in (4, 9)]
    ExpectedResult.objects.create(cohort=cohort, kind=ExpectedKind.EXPECTED, text="Statistiken är delad.", position=1)
    for place in range(6):
        member = ParticipationFactory(cohort=cohort)
        for meeting, up in zip(meetings, (0, 0.5), strict=True):
            scores = [1 + (place + number) % 3 * 0.5 + up for number in range(10)]
            given = {"submitted": True, "submitted_on": meeting.starts_on, "values": scores}
            assessment = AssessmentFactory(participation=member, meeting=meeting, **given)
        assessment.scores.filter(item__number=3).update(comment="Fler frågar.", shared=True, glad_to_tell=True)
        effort = EffortFactory(
            participation=member,
            title=f"Simhallens tider {place}",
            item=cohort.plan.items[place],
            shared=True,
            public=True,
            example=True,
        )
        EffortStepFactory(effort=effort, text="Tiderna delades om.")
        CycleFactory(
            improvement__participation=member, improvement__shared=True, improvement__public=True, do="Vi mätte."
        )
        report = ReportFactory(participation=member, with_values=True, with_comments=True)
        for key in ("results", "next_steps", "advice_to_skr"):
            report.texts.create(key=key, text=f"{WORDS} Vi är nummer {place}.", shared=True)
        frozen(report, "published", approved_on=date(2026, 11, 2))
    renew_releases(cohort=cohort)
    return cohort


def own_content(cohort):
    return organisation_content(cohort.participations.first().report)


def joint_of(cohort):
    return joint_content(JointReportFactory(cohort=cohort, texts=TEXTS), None, None)
