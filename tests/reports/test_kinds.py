"""A kind of organisation is printed where somebody of that kind takes part, and the list of kinds stands once."""

import json
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from assessments.figures.releases import renew_releases
from cohorts.enums import CohortKind, OrganisationKind
from cohorts.roles import roles_of
from reports.content import joint_content
from reports.figures import figures_for
from reports.printers.json import printed
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    EffortFactory,
    EffortStepFactory,
    JointReportFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = {"tests", "bench", "chaos", "data", "docs", "static", "templates", ".venv"}
COPY = re.compile(r"""\(\s*["']kommun["'],\s*["']region["'],?\s*\)|["']kommun["']:\s*["'][Kk]ommuner(na)?["']""")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def cohort():
    """A blandad omgång in which only kommuner take part, with everything handed in."""
    cohort = CohortFactory(kind=CohortKind.MIXED)
    meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 4, 1))
    for _ in range(5):
        add(cohort, meeting)
    renew_releases(cohort=cohort)
    return cohort


def add(cohort, meeting, **organisation):
    member = ParticipationFactory(cohort=cohort, organisation=OrganisationFactory(**organisation))
    AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=[2] * 10)
    EffortStepFactory(effort=EffortFactory(participation=member, shared=True, example=True))
    return member


@pytest.fixture
def leader(client):
    user = UserFactory(skr_role="process_leader")
    client.force_login(user)
    return user


class TestWhereNobodyOfTheKindTakesPart:
    def test_on_the_figures_page(self, client, cohort, leader):
        page = client.get(reverse("reports:figures", args=[cohort.slug]))
        assert [figures.kind for figures in page.context["shown"]] == ["kommun"]
        assert "egioner" not in page.text.partition("<main")[2].partition("</main>")[0]

    def test_in_the_chain_of_the_examples(self, client, cohort, leader):
        page = client.get(reverse("improvements:examples", args=[cohort.slug]))
        assert [kind for kind, _ in page.context["chains"]] == ["Kommuner"]

    def test_in_the_joint_report_as_paper_and_json(self, cohort):
        content = joint_content(JointReportFactory(cohort=cohort), None, None)
        assert [part.title for part in content.kinds] == ["Kommuner"]
        assert len(content.chain) == 1
        assert "egioner" not in printed(content).decode()

    def test_in_the_figures_of_the_command(self, cohort):
        output = StringIO()
        call_command("statistics", cohort.slug, stdout=output)
        assert list(json.loads(output.getvalue())["by_kind"]) == ["kommun"]


def test_whoever_is_neither_is_named_among_those_it_counts_as(client, cohort, leader):
    meeting = cohort.meetings.get()
    body = OrganisationFactory(kind=OrganisationKind.ASSOCIATION, code="700001", name="Norra förbundet")
    add_body = ParticipationFactory(cohort=cohort, organisation=body, code="700001")
    AssessmentFactory(participation=add_body, meeting=meeting, submitted=True, values=[2] * 10)
    (figures,) = figures_for(roles_of(leader), cohort, meeting, None)
    assert (figures.n, figures.counted_in) == (6, "Norra förbundet räknas bland kommunerna.")
    assert figures.counted_in in client.get(reverse("reports:figures", args=[cohort.slug])).text
    renew_releases(cohort=cohort)
    content = joint_content(JointReportFactory(cohort=cohort), None, None)
    assert figures.counted_in in content.kinds[0].basis


def copies():
    for path in sorted(ROOT.glob("**/*.py")):
        place = path.relative_to(ROOT)
        if place.parts[0] not in OUTSIDE and "migrations" not in place.parts and COPY.search(path.read_text()):
            yield str(place)


def test_which_kinds_an_omgang_has_stands_once():
    assert list(copies()) == ["cohorts/kinds.py"]


@pytest.mark.parametrize("copy", ['CohortKind.MIXED: ("kommun", "region"),', '{"kommun": "Kommuner", "region": "R"}'])
def test_the_copies_there_were_would_be_seen(copy):
    assert COPY.search(copy)
