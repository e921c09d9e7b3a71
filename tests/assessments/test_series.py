"""Förra gången: one rule, whoever prints it, and no second copy of it."""

import ast
import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from docx import Document

from assessments.actions.carrying import carry_over
from assessments.comparing.history import history_of
from assessments.comparing.side_by_side import side_by_side
from assessments.occasions import occasions_of
from assessments.series import earlier_assessments, previous_assessment
from assessments.workbook.exporting import pages_of
from checklist.models import Checklist
from cohorts.models import Part
from cohorts.roles import roles_of
from tests.factories import (
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
)
from tests.pdf_checks import pdf_text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def participation():
    cohort = CohortFactory()
    return ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))


@pytest.fixture
def anna(participation):
    return DelegateFactory(participation=participation).user


def handed_in(participation, value, day, meeting=None, **rest):
    return AssessmentFactory(
        participation=participation, meeting=meeting, values=[value] * 10, submitted=True, submitted_on=day, **rest
    )


def at_meeting(participation, number, value, day, **rest):
    meeting, _ = participation.cohort.meetings.get_or_create(
        key=f"learning-{number}",
        defaults={
            "name": f"Lärandeträff {number}",
            "kind": "learning_meeting",
            "number": number,
            "starts_on": day,
            "ends_on": day,
            "form": "digital",
        },
    )
    return handed_in(participation, value, day, meeting, **rest)


@pytest.fixture
def first(participation):
    return at_meeting(participation, 1, 2, date(2026, 3, 10))


@pytest.fixture
def between(participation, first):
    """Outside the meetings, and later than the first of them."""
    return handed_in(participation, 3, date(2026, 5, 4))


@pytest.fixture
def draft(participation, between):
    meeting = MeetingFactory(
        cohort=participation.cohort, number=2, key="learning-2", name="Lärandeträff 2", starts_on=date(2026, 12, 1)
    )
    return AssessmentFactory(participation=participation, meeting=meeting, values=[3] * 10)


@pytest.fixture
def second(draft):
    draft.state, draft.submitted_on = "submitted", date(2026, 11, 19)
    draft.save()
    return draft


class TestEverywhereTheSame:
    """The first meeting had 2, one outside the meetings since then 3, and now it is 3: up by one, since the first."""

    def test_while_it_is_rated(self, client, anna, draft, first):
        client.force_login(anna)
        page = client.get(draft.get_absolute_url())
        assert page.context["past"] == first
        assert {(moment.before, moment.state.label) for moment in page.context["moments"]} == {(2, "Ändrad")}

    def test_what_is_suggested(self, anna, draft):
        draft.scores.all().delete()
        carry_over(assessment=draft, by=anna)
        assert set(draft.scores.values_list("suggested", flat=True)) == {2}

    def test_at_the_working_meeting(self, client, anna, draft):
        client.force_login(anna)
        page = client.get(reverse("assessments:working_meeting", args=[draft.pk, 1]))
        assert (page.context["sheet"].past.value, page.context["sheet"].past_from) == (2, "Lärandeträff 1")

    def test_before_it_is_handed_in(self, client, anna, draft):
        draft.scores.filter(item__number=1).update(value=1, comment="", since_last="", reasoning="")
        client.force_login(anna)
        page = client.get(reverse("assessments:submit", args=[draft.pk]))
        assert "från 2 till 1" in " ".join(remark.sentence for remark in page.context["remarks"])

    def test_read(self, client, anna, second, first):
        client.force_login(anna)
        page = client.get(second.get_absolute_url())
        assert page.context["past"] == first
        assert {(moment.moved.before, moment.moved.change) for moment in page.context["moments"]} == {(2, 1)}

    def test_on_the_own_page(self, client, anna, participation, second, first):
        client.force_login(anna)
        page = client.get(reverse("assessments:own", args=[participation.cohort.slug, participation.code]))
        values = page.context["values"]
        assert values.latest.since.assessment == first
        assert values.headline == "Tio av tio moment har gått framåt sedan Lärandeträff 1."
        assert {row.latest.change for row in values.rows} == {1}

    def test_in_the_pdf(self, client, anna, second):
        client.force_login(anna)
        file = b"".join(client.get(reverse("reports:paper", args=[second.pk])).streaming_content)
        assert " ".join(pdf_text(file).split()).count("Värde 3, förra gången 2, förändring +1") == 10

    def test_in_word(self, client, anna, second):
        client.force_login(anna)
        response = client.get(reverse("assessments:minutes_word", args=[second.pk]))
        file = b"".join(response.streaming_content) if response.streaming else response.content
        rows = Document(BytesIO(file)).tables[0].rows[1:]
        assert {tuple(cell.text for cell in row.cells[1:3]) for row in rows} == {("2", "3")}

    def test_in_excel(self, anna, participation, second, first):
        [page] = [
            page for page in pages_of(participation, roles_of(anna), is_own=True) if page.title == "Lärandeträff 2"
        ]
        assert {(item.now, item.before) for item in page.occasion.items} == {(3, 2)}

    def test_in_json(self, participation, second):
        printed = StringIO()
        call_command("statistics", participation.cohort.slug, organisation=participation.code, stdout=printed)
        occasion = json.loads(printed.getvalue())["occasions"][-1]
        assert occasion["movement"]["from_meeting"] == "learning-1"
        assert {(item["before"], item["value"]) for item in occasion["items"]} == {("2.0", "3.0")}

    def test_over_time(self, anna, participation, second, first):
        [version] = history_of(participation.organisation, None, roles_of(anna)).versions
        assert version.occasions[-1].since.assessment == first

    def test_beside_the_group(self, anna, participation, second, first):
        [member] = side_by_side(participation, roles_of(anna), None).members
        assert member.since == first


class TestTheRule:
    def test_outside_meetings_whatever_came_last(self, participation, first, between):
        outside = handed_in(participation, 1, date(2026, 6, 1))
        assert earlier_assessments(outside) == [between, first]

    def test_a_draft_outside_meetings_comes_last_of_all(self, participation, between, second):
        draft = AssessmentFactory(participation=participation, meeting=None, values=[1] * 10)
        assert previous_assessment(draft) == second

    def test_never_a_draft_nor_what_is_later(self, participation, draft, second):
        third = at_meeting(participation, 3, 1, date(2027, 3, 1))
        type(second).objects.filter(pk=second.pk).update(state="draft", submitted_on=None)
        assert [each.meeting.number for each in earlier_assessments(third)] == [1]
        assert earlier_assessments(second)[0].meeting.number == 1

    def test_a_part_with_itself(self, participation, first):
        part = Part.objects.create(organisation=participation.organisation, name="Kulturnämnden")
        assert previous_assessment(at_meeting(participation, 2, 1, date(2026, 9, 1), part=part)) is None

    def test_only_on_the_same_version(self, participation, first):
        other = Checklist.objects.get(key="skr-2020")
        assert previous_assessment(at_meeting(participation, 2, 1, date(2026, 9, 1), checklist=other)) is None

    def test_two_meetings_of_a_day_by_their_number(self, participation, first):
        second = at_meeting(participation, 2, 1, date(2026, 3, 10))
        assert (previous_assessment(second), previous_assessment(first)) == (first, None)

    def test_through_omgangar_with_its_name(self, client, participation, first):
        again = ParticipationFactory(
            organisation=participation.organisation, cohort=CohortFactory(plan__checklist=first.checklist.key)
        )
        now = at_meeting(again, 1, 3, date(2026, 9, 1))
        anna = DelegateFactory(participation=again).user
        [occasion] = occasions_of(again, roles_of(anna))
        assert occasion.since.assessment == previous_assessment(now) == first
        assert occasion.since_label == f"Lärandeträff 1 i {participation.cohort.name}"
        client.force_login(anna)
        assert client.get(now.get_absolute_url()).context["past"] == first
        printed = StringIO()
        call_command("statistics", again.cohort.slug, organisation=again.code, stdout=printed)
        [entry] = json.loads(printed.getvalue())["occasions"]
        assert entry["movement"]["from_cohort"] == participation.cohort.slug

    def test_not_from_an_omgang_that_the_reader_may_not_read(self, participation, first):
        again = ParticipationFactory(
            organisation=participation.organisation, cohort=CohortFactory(plan__checklist=first.checklist.key)
        )
        group = GroupFactory(cohort=again.cohort)
        type(again).objects.filter(pk=again.pk).update(group=group)
        now = at_meeting(again, 1, 3, date(2026, 9, 1))
        mate = DelegateFactory(participation=ParticipationFactory(cohort=again.cohort, group=group)).user
        assert previous_assessment(now, roles_of(mate)) is None


# How the rule was written before it stood in one place. A copy of it looks like one of these.
COPIES = (
    "occasion = Occasion(assessment, answers_of(assessment), at_meetings.get(series))",
    "found.append(Occasion(assessment, answers, since=earlier[-1] if earlier else None))",
    "return earlier.filter(on__lt=assessment.day)",
    "last = Subquery(earlier.reverse().values('pk')[:1])",
    "latest = Assessment.objects.before(assessment).last()",
    "earlier = [each for each in theirs[: theirs.index(here)] if each.checklist_id == here.checklist_id]",
    "earlier = [each for each in found if each.is_at_meeting or not assessment.meeting_id]",
)
# The last of all, and the meeting before another, are other questions.
OTHER_QUESTIONS = {"assessments/comparing/glad.py", "assessments/comparing/learning.py", "reports/figures_choice.py"}
THE_ONE = {"assessments/series.py", "assessments/occasions.py"}


def copies_in(source):
    return [ast.unparse(node) for node in ast.walk(ast.parse(source)) if _is_a_copy(node)]


def _is_a_copy(node):
    match node:
        case ast.Call(func=ast.Name(id="Occasion"), args=args, keywords=named):
            since = [*args[2:], *(each.value for each in named if each.arg == "since")]
            return any(not isinstance(each, ast.Constant) for each in since)
        case ast.Call(func=ast.Attribute(attr="reverse" | "before")):
            return True
        case ast.keyword(arg="on__lt"):
            return True
        case ast.Slice(upper=ast.Call(func=ast.Attribute(attr="index"))):
            return True
        case ast.BoolOp(
            op=ast.Or(), values=[ast.Attribute(), ast.UnaryOp(op=ast.Not(), operand=ast.Attribute(attr=name))]
        ):
            return name in ("is_at_meeting", "meeting_id")
    return False


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_is_found(copy):
    assert copies_in(copy)


def test_no_second_copy():
    by_module = {}
    for app in ("assessments", "reports", "overview", "mentoring", "follow_up", "improvements"):
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            name = str(path.relative_to(settings.BASE_DIR))
            if name not in THE_ONE | OTHER_QUESTIONS and "migrations" not in name:
                by_module[name] = copies_in(path.read_text())
    assert {name: copies for name, copies in by_module.items() if copies} == {}
