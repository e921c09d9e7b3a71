"""The overview: each sentence is worked out a second time here, from the values that the reader may read."""

import csv
from datetime import date, timedelta
from io import StringIO
from itertools import product

import pytest
import time_machine
from django.urls import reverse

from assessments.figures.releases import renew_release
from cohorts.enums import Function, Status
from kit.figures import rounded
from overview.progress import progress_of
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    EffortStepFactory,
    EvaluatorFactory,
    GroupFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TWO = [2] * 10


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


def omgang(n, group=None):
    """An omgång of `n` kommuner with two meetings that have been; the first three are a group."""
    cohort = CohortFactory()
    group = GroupFactory(cohort=cohort)
    members = [ParticipationFactory(cohort=cohort, group=group if number < 3 else None) for number in range(n)]
    meetings = [MeetingFactory(cohort=cohort, starts_on=date(2026, month, 10)) for month in (4, 10)]
    return cohort, members, meetings


def answer(member, meeting, values):
    return AssessmentFactory(
        participation=member, meeting=meeting, submitted=True, submitted_on=meeting.starts_on, values=values
    )


def a_politician(member):
    return DelegateFactory(participation=member, function=Function.POLITICIAN).user


def opened(client, user, cohort):
    client.force_login(user)
    return client.get(reverse("overview:overview", args=[cohort.slug]))


def said(client, member):
    page = opened(client, a_politician(member), member.cohort)
    return {line.whose: line.sentence for line in page.context["moved"]}, page


class TestBesideTheOthers:
    def test_three_stand_by_name(self, client):
        _cohort, (own, second, third), (_, now) = omgang(3)
        for member, values in ((own, [3, 2, 2]), (second, [2, 3, 2]), (third, [2, 2, 2])):
            answer(member, now, [*values, *TWO[3:]])
        sentences, page = said(client, own)
        assert sentences["Bredvid de andra"] == (
            f"Ni har högst värde i moment 1. {second.organisation.short_name} har högre värde än ni i moment 2."
        )
        names = {mark.name for row in page.context["standing"].rows for cell in row.cells for mark in cell}
        assert names == {"Ni", second.organisation.short_name, third.organisation.short_name}

    def test_all_alike(self, client):
        _cohort, members, (_, now) = omgang(3)
        for member in members:
            answer(member, now, TWO)
        sentences, _ = said(client, members[0])
        assert sentences["Bredvid de andra"].endswith("har samma värde i alla moment.")

    def test_many_stand_by_their_mean_and_nobody_else_is_named(self, client):
        _cohort, members, (_, now) = omgang(7)
        for member in members:
            answer(member, now, [3, 1, *TWO[2:]] if member == members[0] else TWO)
        renew_release(meeting=now)
        sentences, page = said(client, members[0])
        assert sentences["Bredvid de andra"] == "Ni ligger över kommunernas medelvärde i moment 1 och under i moment 2."
        marks = [mark for row in page.context["standing"].rows for cell in row.cells for mark in cell]
        assert {mark.name for mark in marks} == {"Ni", "Medel"}
        assert members[5].organisation.short_name not in page.text

    def test_what_looks_alike_is_called_alike(self, client):
        """A mean that is printed as one's own value is neither over nor under it."""
        _cohort, members, (_, now) = omgang(30)
        for number, member in enumerate(members):
            answer(member, now, [3, *TWO[1:]] if number == 29 else TWO)
        renew_release(meeting=now)
        sentences, page = said(client, members[0])
        mean = page.context["standing"].own_kind.result.items[0].mean
        assert mean > 2
        assert rounded(mean, 1) == 2
        assert sentences["Bredvid de andra"] == "Ni ligger på kommunernas medelvärde i alla moment."

    def test_too_few_to_be_told_of(self, client):
        """Of five, the reader reads three: the two others would be told by their sum."""
        _cohort, members, (_, now) = omgang(5)
        for member in members:
            answer(member, now, TWO)
        _, page = said(client, members[0])
        assert not page.context["standing"].by_mean
        assert {named.name for named in page.context["standing"].others} == {
            member.organisation.short_name for member in members[1:3]
        }

    def test_how_it_was_where_one_has_handed_in_again(self, client):
        cohort, (own, second, third), (then, _) = omgang(3)
        coming = MeetingFactory(cohort=cohort, starts_on=TODAY + timedelta(days=20))
        for member in (own, second, third):
            answer(member, then, TWO)
        answer(own, coming, [3, *TWO[1:]])
        sentences, _page = said(client, own)
        assert sentences["Bredvid de andra"].startswith(f"Så var det till {then}: Ni och ")
        assert "hade samma värde" in sentences["Bredvid de andra"]
        answer(second, coming, TWO)
        answer(third, coming, TWO)
        sentences, _ = said(client, own)
        assert sentences["Bredvid de andra"] == "Ni har högst värde i moment 1."

    def test_nobody_has_handed_in(self, client):
        _cohort, members, _ = omgang(3)
        sentences, page = said(client, members[0])
        assert sentences == {}
        assert page.context["headline"] == "Ni har inte lämnat in någon självskattning än."

    def test_a_mentor_has_no_place_beside_the_others(self, client):
        cohort, members, (_, now) = omgang(3)
        answer(members[0], now, TWO)
        mentor = ParticipationFactory(cohort=cohort, role="mentor")
        page = opened(client, a_politician(mentor), cohort)
        assert page.context["standing"] is None
        assert page.context["headline"] == "Inget resultat är delat i omgången än."


class TestMoved:
    def test_the_group_in_one_sentence(self, client):
        _cohort, members, (then, now) = omgang(3)
        for number, member in enumerate(members):
            answer(member, then, TWO)
            answer(member, now, [3, 3 if number else 2, *TWO[2:]])
        sentences, _ = said(client, members[0])
        assert sentences["Gruppen"] == "Ni har alla tre gått framåt i moment 1. Ingen har gått bakåt."
        assert sentences["Ni"] == (
            f"Ett moment har gått framåt, nio står stilla och inget har gått bakåt sedan {then}."
        )
        assert "Kommunerna" not in sentences  # the group is the omgång

    def test_someone_back(self, client):
        _cohort, members, (then, now) = omgang(3)
        for member in members:
            answer(member, then, TWO)
            answer(member, now, [1, *TWO[1:]])
        sentences, _ = said(client, members[0])
        assert sentences["Gruppen"] == "Inget moment har gått framåt hos er alla. Någon har gått bakåt i något moment."

    def test_not_all_of_the_group_twice(self, client):
        _cohort, members, (then, now) = omgang(3)
        answer(members[0], then, TWO)
        for member in members:
            answer(member, now, TWO)
        sentences, _ = said(client, members[0])
        assert sentences["Gruppen"] == f"Ni har inte alla skattat både till {then} och till {now}."


def test_no_sentence_contradicts_another(client):
    """Over every way in which three may have moved, the sentences agree with the values and with each other."""
    ways = [(2, 2), (2, 3), (3, 2), (1, 3)]
    for own_way, other_way in product(ways, ways):
        _cohort, members, (then, now) = omgang(3)
        for number, member in enumerate(members):
            before, after = other_way if number else own_way
            answer(member, then, [before, *TWO[1:]])
            answer(member, now, [after, *TWO[1:]])
        sentences, page = said(client, members[0])
        forward, back = own_way[1] > own_way[0], own_way[1] < own_way[0]
        assert sentences["Ni"].startswith("Ett moment" if forward else "Inget moment")
        assert ("ett har gått bakåt" in sentences["Ni"]) == back
        all_forward = forward and other_way[1] > other_way[0]
        assert ("gått framåt i moment 1." in sentences["Gruppen"]) == all_forward
        assert ("Ingen har gått bakåt." in sentences["Gruppen"]) == (not back and other_way[1] >= other_way[0])
        assert ("Ni har högst värde i moment 1." in sentences["Bredvid de andra"]) == (own_way[1] > other_way[1])
        assert ("högre värde än ni i moment 1." in sentences["Bredvid de andra"]) == (own_way[1] < other_way[1])
        assert ("har gått framåt" in page.context["headline"]) == forward
        assert ("lägre värde" in page.context["headline"]) == back


class TestProgress:
    def meetings_on(self, cohort, *days):
        return [MeetingFactory(cohort=cohort, starts_on=day) for day in days]

    def test_sentences(self):
        cohort = CohortFactory()
        days = [TODAY - timedelta(days=9), TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=9)]
        meetings = self.meetings_on(cohort, *days)
        progress = progress_of(cohort, meetings, TODAY)
        assert progress.sentence == "Två av fyra träffar är genomförda."
        assert (progress.latest, progress.next, progress.last) == (meetings[1], meetings[2], meetings[3])
        assert progress_of(cohort, meetings, days[0]).sentence == "Ingen träff är genomförd än."
        assert progress_of(cohort, meetings, days[0] + timedelta(days=1)).sentence == "En av fyra träffar är genomförd."
        assert progress_of(cohort, meetings, days[3] + timedelta(days=1)).sentence == "Alla träffar är genomförda."
        assert progress_of(cohort, [], TODAY).sentence == "Ingen träff är planerad än."
        assert progress_of(cohort, meetings, cohort.ends_on + timedelta(days=1)).sentence == "Omgången är avslutad."


class TestWhatItHasLedTo:
    def test_an_example_stands_where_it_has_come_furthest(self, client):
        cohort, members, _ = omgang(3)
        effort = EffortFactory(participation=members[1], shared=True, example=True)
        for stage in ("activity", "practice"):
            EffortStepFactory(effort=effort, stage=stage)
        page = opened(client, a_politician(members[0]), cohort)
        shown = {
            str(stage.stage): [example.title for example in stage.examples] for stage in page.context["led_to"].stages
        }
        assert shown["practice"] == [effort.title]
        assert shown["activity"] == []
        assert (
            page.context["led_to"].headline == "Längst har omgången kommit till steget ”nytt eller ändrat arbetssätt”."
        )


class TestAllValues:
    def page(self, client, cohort, **asked):
        client.force_login(UserFactory(skr_role="process_leader"))
        return client.get(reverse("overview:overview", args=[cohort.slug]), asked)

    def test_who_stands_still_low(self, client):
        cohort, members, (then, now) = omgang(4)
        for number, member in enumerate(members):
            answer(member, then, [1, 3, *TWO[2:]])
            answer(member, now, [1 if number < 2 else 2, 3, *[3] * 8])
        heat = self.page(client, cohort).context["heat"]
        assert [(each.item.number, [row.participation for row in each.rows]) for each in heat.stuck] == [
            (1, members[:2])
        ]

    @pytest.mark.parametrize(
        ("n", "of", "words"),
        [
            (1, 1, "Kommunen har lämnat in till"),
            (1, 4, "En av fyra kommuner har lämnat in till"),
            (3, 4, "Tre av fyra kommuner har lämnat in till"),
            (4, 4, "Alla fyra kommuner har lämnat in till"),
        ],
    )
    def test_says_how_many_have_handed_in(self, client, n, of, words):
        cohort, members, (_, now) = omgang(of)
        for member in members[:n]:
            answer(member, now, TWO)
        [(figures, _)] = self.page(client, cohort).context["heat"].kinds
        assert figures.handed_in.startswith(words)

    def test_one_alone_is_not_told_of(self, client):
        cohort, members, (then, now) = omgang(3)
        for number, member in enumerate(members):
            answer(member, then, TWO)
            answer(member, now, [2 if number == 0 else 3, *[3] * 9])
        assert self.page(client, cohort).context["heat"].stuck == []

    def test_who_has_not_handed_in_has_left_or_had_other_raters(self, client):
        cohort, members, (then, now) = omgang(4)
        for member, raters in ((members[0], 4), (members[1], 6)):
            answer(member, then, TWO)
            assessment = answer(member, now, TWO)
            type(assessment).objects.filter(pk=assessment.pk).update(assessors=raters)
        type(members[3]).objects.filter(pk=members[3].pk).update(
            status=Status.WITHDRAWN, withdrawn_on=date(2026, 9, 1), withdrawal_reason="Valet."
        )
        page = self.page(client, cohort)
        assert f"Inte inlämnat till {now}: {members[2].organisation.short_name}." in page.context["notes"]
        assert "Valet." in page.text
        client.force_login(EvaluatorFactory(cohort=cohort).user)
        assert "Valet." not in client.get(reverse("overview:overview", args=[cohort.slug])).text

    def test_another_meeting_is_chosen_and_an_unknown_is_not_found(self, client):
        cohort, members, (then, now) = omgang(3)
        answer(members[0], then, TWO)
        answer(members[0], now, TWO)
        assert self.page(client, cohort).context["meeting"] == now
        assert self.page(client, cohort, traff=then.key).context["meeting"] == then
        assert self.page(client, cohort, traff="finns-inte").status_code == 404


class TestTheFiles:
    def rows(self, client, cohort, name):
        client.force_login(EvaluatorFactory(cohort=cohort).user)
        text = client.get(reverse(f"overview:{name}", args=[cohort.slug])).content.decode("utf-8-sig")
        return list(csv.reader(StringIO(text), delimiter=";"))

    def test_every_value_with_what_is_behind_it(self, client):
        cohort, members, (then, now) = omgang(3)
        answer(members[0], then, TWO)
        answer(members[0], now, [2.5, *TWO[1:]])
        answer(members[1], now, TWO)
        head, *rows = self.rows(client, cohort, "values")
        assert len(rows) == 2 * 3 * 10
        records = [dict(zip(head, row, strict=True)) for row in rows]
        [record] = [
            row for row in records if (row["traff"], row["kod"], row["moment_nr"]) == (now.name, members[0].code, "1")
        ]
        assert (record["varde"], record["varde_fore"], record["fore_traff"]) == ("2,5", "2", then.name)
        assert (record["n"], record["n_vantade"], record["med_bada_gangerna"]) == ("2", "3", "ja")
        [none] = [
            row for row in records if (row["traff"], row["kod"], row["moment_nr"]) == (now.name, members[2].code, "1")
        ]
        assert (none["varde"], none["med_bada_gangerna"]) == ("", "nej")

    def test_the_codebook_explains_every_column(self, client):
        cohort, members, (_, now) = omgang(3)
        answer(members[0], now, TWO)
        head = self.rows(client, cohort, "values")[0]
        book = {row[0] for row in self.rows(client, cohort, "codebook")}
        assert set(head) <= book
        assert {"moment_nr 1", "varde 3"} <= book

    def test_no_name_becomes_a_formula(self, client):
        cohort, members, (_, now) = omgang(3)
        organisation = members[0].organisation
        type(organisation).objects.filter(pk=organisation.pk).update(name="=1+1")
        answer(members[0], now, TWO)
        assert "'=1+1" in {row[4] for row in self.rows(client, cohort, "values")}
