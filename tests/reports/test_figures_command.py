"""`manage.py figures`: exactly what one person's page shows, or one line and exit code 1."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from assessments.figures.releases import renew_releases
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def omgang():
    """Six kommuner, three of them a group, and two regioner; two meetings."""
    cohort = CohortFactory(kind="blandad", plan__half_steps=True)
    group = GroupFactory(cohort=cohort)
    members = ParticipationFactory.create_batch(3, cohort=cohort, group=group)
    members += ParticipationFactory.create_batch(3, cohort=cohort)
    for code in ("88", "89"):
        region = OrganisationFactory(code=code, kind="region", short_name=f"Region {code}")
        members.append(ParticipationFactory(cohort=cohort, organisation=region))
    for month in (4, 10):
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, month, 1), key=f"traff-{month}")
        for place, member in enumerate(members):
            values = [1 + (place + month) % 5 / 2] * 9 + [1]
            AssessmentFactory(participation=member, meeting=meeting, submitted=True, values=values)
    renew_releases(cohort=cohort)
    return cohort, members


def figures(cohort, user, **options):
    printed = StringIO()
    call_command("figures", cohort.slug, email=user.email, stdout=printed, **options)
    return json.loads(printed.getvalue())


def strategist(participation):
    return DelegateFactory(participation=participation).user


class TestDocument:
    def test_one_of_a_group_of_three(self, omgang):
        cohort, members = omgang
        document = figures(cohort, strategist(members[0]))
        assert list(document) == ["cohort", "meeting", "kinds"]
        assert (document["cohort"], document["meeting"]) == (cohort.slug, "traff-10")
        kommun, region = document["kinds"]["kommun"], document["kinds"]["region"]
        assert list(kommun) == [
            "n", "unread", "shown", "items", "overall_mean", "total_min", "total_max", "movement"
        ]  # fmt: skip
        assert (kommun["n"], kommun["unread"], kommun["shown"]) == (6, 3, "figures")
        assert kommun["items"][0] == {"key": cohort.plan.items[0].key, "n": 6, "mean": "1.8"}
        assert (kommun["overall_mean"], kommun["total_min"], kommun["total_max"]) == ("1.75", "10.0", "28.0")
        assert (region["n"], region["unread"], region["shown"]) == (2, 2, "own")
        assert region["items"][0] == {"key": cohort.plan.items[0].key, "n": 0, "mean": None}
        assert (region["overall_mean"], region["total_min"], region["movement"]) == (None, None, None)

    def test_movement(self, omgang):
        cohort, members = omgang
        movement = figures(cohort, strategist(members[0]))["kinds"]["kommun"]["movement"]
        assert {name: movement[name] for name in ("from_meeting", "to_meeting", "n_matched")} == {
            "from_meeting": "traff-4",
            "to_meeting": "traff-10",
            "n_matched": 6,
        }
        assert movement["items"][0] == {
            "key": cohort.plan.items[0].key, "from": "2.2", "to": "1.8", "change": "-0.3"
        }  # fmt: skip

    def test_those_of_ones_own_reading(self, omgang):
        """Of the two regioner each reads one: the figures are its own values."""
        cohort, members = omgang
        region = figures(cohort, strategist(members[6]))["kinds"]["region"]
        assert (region["n"], region["unread"], region["shown"]) == (2, 1, "own")
        assert (region["items"][0]["n"], region["items"][0]["mean"], region["overall_mean"]) == (1, "1.5", "1.45")

    def test_all_for_skr(self, omgang):
        cohort, _ = omgang
        kinds = figures(cohort, UserFactory(skr_role="process_leader"))["kinds"]
        assert [(each["n"], each["unread"], each["shown"]) for each in kinds.values()] == [(6, 0, "all"), (2, 0, "all")]

    def test_a_meeting_and_an_earlier_one(self, omgang):
        cohort, members = omgang
        user = strategist(members[0])
        assert figures(cohort, user, meeting="traff-4")["kinds"]["kommun"]["movement"] is None
        compared = figures(cohort, user, meeting="traff-10", since="traff-4")
        assert compared == figures(cohort, user)

    def test_what_the_page_shows(self, omgang, client):
        cohort, members = omgang
        for user in (strategist(members[0]), strategist(members[6]), UserFactory(skr_role="process_leader")):
            client.force_login(user)
            page = client.get(reverse("reports:figures", args=[cohort.slug])).context
            document = figures(cohort, user)
            assert document["meeting"] == page["meeting"].key
            for kind in page["shown"]:
                printed = document["kinds"][kind.kind]
                assert (printed["n"], printed["unread"], printed["shown"]) == (kind.n, kind.n_unread, kind.shown)
                means = [row.mean for row in kind.result.items] if kind.result else [None] * 10
                assert [row["mean"] is None for row in printed["items"]] == [mean is None for mean in means]

    def test_nothing_handed_in(self):
        participation = ParticipationFactory()
        document = figures(participation.cohort, strategist(participation))
        assert document == {"cohort": participation.cohort.slug, "meeting": None, "kinds": {}}


class TestRefusals:
    def refuses(self, words, *args, **options):
        with pytest.raises(CommandError) as error:
            call_command("figures", *args, stdout=StringIO(), **options)
        assert words in str(error.value)
        assert len(str(error.value).splitlines()) == 1

    def test_who_and_where(self, omgang):
        cohort, _ = omgang
        self.refuses(
            "There is no person with the address 'ingen@exempel.invalid'.", cohort.slug, email="ingen@exempel.invalid"
        )
        stranger = strategist(ParticipationFactory())
        self.refuses(
            f"There is no omgång {cohort.slug!r} that {stranger.email} may see.", cohort.slug, email=stranger.email
        )
        self.refuses("There is no omgång 'ingen'", "ingen", email=stranger.email)

    def test_the_administrator(self, omgang):
        administrator = UserFactory(skr_role="administrator")
        self.refuses("may not see the figures of", omgang[0].slug, email=administrator.email)

    def test_a_closed_account(self, omgang):
        cohort, members = omgang
        user = strategist(members[0])
        user.is_active = False
        user.save()
        self.refuses("There is no person", cohort.slug, email=user.email)

    @pytest.mark.parametrize(
        "options", [{"meeting": "ingen"}, {"since": "ingen"}, {"meeting": "traff-4", "since": "traff-10"}]
    )
    def test_meetings(self, omgang, options):
        cohort, members = omgang
        words = "No such meeting to show figures of: "
        self.refuses(words, cohort.slug, email=strategist(members[0]).email, **options)
