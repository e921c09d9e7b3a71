"""No page says two of framåt, stilla, bakåt and visas inte about the same thing, whatever has happened in the omgång.

The words about many are tried in the random omgångar of the rule of three, day by day, for each reader. The words about
one organisation are tried on any values, and both on pages and paper.
"""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.figures.releases import renew_releases
from assessments.figures.statistics import ItemMovement, Movement
from cohorts.enums import Status
from kit.templatetags.swedish import in_words
from reports.content import joint_content
from reports.content.organisation import moved_in_words as own_in_words
from reports.figures import _moved_in_words
from reports.printers.json import printed
from tests.assessments.test_rule_of_three import Days, Omgang
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    JointReportFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.modell.test_laws import in_one_database
from tests.strict import StrictClient

SEEDS = range(150)
NUMBERS = {"inget": 0, "ett": 1, **{in_words(number): number for number in range(2, 13)}}
NUMBER = "|".join(NUMBERS)
MOVED = re.compile(
    rf"\b({NUMBER})(?: av (?:{NUMBER}))? moment har gått framåt[^.]*\. ({NUMBER}) står stilla och ({NUMBER}) har gått "
    r"bakåt\.",
    re.IGNORECASE,
)
WITHHELD = re.compile(r"(?:Förflyttningen|Skillnaden) visas inte")


def said(text):
    """The counts of each statement about what has moved, and how often it is said not to be shown."""
    counts = [tuple(NUMBERS[word.lower()] for word in match.groups()) for match in MOVED.finditer(text)]
    return counts, len(WITHHELD.findall(text))


def says_one_thing(text, n_items):
    counts, withheld = said(text)
    return not (counts and withheld) and all(sum(three) <= n_items for three in counts)


class Since:
    def __str__(self):
        return "Lärandeträff 1"


def judge(words, moved, n_items):
    """The words count what has moved, or say that it is not shown, or nothing: one of the three."""
    counts, withheld = said(words)
    assert len(counts) + withheld <= 1, words
    assert says_one_thing(words, n_items), words
    if moved is None:
        assert not counts, words
    else:
        assert counts == [tuple(len(rows) for rows in (moved.forward, moved.still, moved.back))], words


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.one_database
def test_about_the_omgang(seed):
    omgang = Omgang(seed)
    days = Days(omgang)
    for _ in days.go_through():
        for rights in (*omgang.readers, frozenset(), frozenset(omgang.members)):
            before, now = (days.seen_by(rights, meeting) for meeting in ("first", "second"))
            moved = now.movement_since(before)
            judge(_moved_in_words(now, before, moved, Since()), moved, len(omgang.items))


VALUES = st.none() | st.sampled_from([Decimal(half) / 2 for half in range(2, 9)])


@given(st.lists(st.tuples(VALUES, VALUES), min_size=10, max_size=10))
def test_about_one_organisation(pairs):
    moved = Movement(1, True, tuple(ItemMovement(None, before, now) for before, now in pairs))
    changes = [Fraction(now) - Fraction(before) for before, now in pairs if before and now]
    assert len(moved.forward) + len(moved.still) + len(moved.back) == len(changes)
    judge(own_in_words(moved, named("Lärandeträff 1"), named("Lärandeträff 2")), moved, 10)


def named(text):
    return type("Named", (), {"name": text})


# Of each participant: what it gave at either meeting, whether it came late, left, or has other raters the second time.
GIVEN = st.none() | st.integers(1, 3)
MEMBER = st.tuples(GIVEN, GIVEN, st.sampled_from(["stays", "stays", "late", "left", "others rate"]))


@pytest.mark.django_db
@pytest.mark.in_turn(3)
@settings(in_one_database, max_examples=20)
@given(st.lists(MEMBER, min_size=1, max_size=15), st.booleans())
def test_on_the_page_and_in_the_joint_report(rows, is_released):
    with time_machine.travel(TODAY):
        cohort, readers = an_omgang(rows, is_released)
        for user in readers:
            judge_page(user, reverse("reports:figures", args=[cohort.slug]))
            judge_brief(user, cohort.participations.first())
        content = joint_content(JointReportFactory(cohort=cohort), None, None)
        assert says_one_thing(printed(content).decode(), 10)


def judge_page(user, address):
    text = page_of(user, address)
    for card in text.split("Sedan ")[1:] or [text]:
        assert says_one_thing(card, 10), card


def page_of(user, address):
    client = StrictClient()
    client.force_login(user)
    return " ".join(client.get(address).text.split())


def judge_brief(user, participation):
    """The page of one organisation: all forward leaves none still, and none moved leaves none forward or lower."""
    text = page_of(user, reverse("overview:brief", args=[participation.cohort.slug, participation.code]))
    stands = {words for words in ("gått framåt", "står stilla", "Lägre än förra gången") if words in text}
    if "Inget moment har flyttat sig" in text:
        assert stands <= {"står stilla"}
    if "Alla tio moment har gått framåt" in text:
        assert stands == {"gått framåt"}
    assert "visas inte" not in text


def an_omgang(rows, is_released):
    """Groups of three, one person of each kind of reader, and two meetings that have been."""
    cohort = CohortFactory()
    meetings = [MeetingFactory(cohort=cohort, number=at, starts_on=date(2026, 2 * at, 9)) for at in (1, 2)]
    members = []
    for place, (_, _, happens) in enumerate(rows):
        if place % 3 == 0:
            group = GroupFactory(cohort=cohort)
        left = {"status": Status.WITHDRAWN, "withdrawn_on": date(2026, 3, 1)} if happens == "left" else {}
        members.append(ParticipationFactory(cohort=cohort, group=group, **left))
    for is_late in (False, True):
        for member, (first, second, happens) in zip(members, rows, strict=True):
            if (happens == "late") == is_late:
                rate(member, meetings, (first, second), happens)
        if is_released:
            renew_releases(cohort=cohort)
    return cohort, [DelegateFactory(participation=members[0]).user, UserFactory(skr_role="process_leader")]


def rate(member, meetings, values, happens):
    for place, (meeting, value) in enumerate(zip(meetings, values, strict=True)):
        if value:
            raters = {"strategist": 1 + place} if happens == "others rate" else {"strategist": 1}
            own = [value] * 9 + [1]
            AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=own, raters=raters)
