"""Groups with reasons: what each group says, moving by hand, mentors, rules, and the proposal."""

import json
import re
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.enums import SkrRole
from cohorts.enums import OrganisationKind, Role, Status
from cohorts.models import Cohort, Group, GroupMentor, GroupMove, Participation
from grouping.actions.groups import assign_mentor, move_to_group
from grouping.board import board_of
from grouping.forms import MentorForm
from grouping.models import GroupingRule, GroupingWeights
from grouping.reasons import fit_in_words
from grouping.views import grouping
from grouping.weighing import weights_in_words
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from meetings.kinds import MeetingKind
from meetings.whom import meetings_for, theme_of
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.process_factories import InterestFactory

pytestmark = pytest.mark.django_db

SPOTS = {"Ale": (59.0, 15.0), "Bro": (59.1, 15.2), "Dal": (65.0, 20.0), "Eka": (65.1, 20.1)}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def leader(client):
    user = UserFactory(skr_role=SkrRole.PROCESS_LEADER, name="Petra")
    client.force_login(user)
    return user


@pytest.fixture
def cohort():
    return CohortFactory(slug="provet", name="Provet")


@pytest.fixture
def groups(cohort):
    """Ale with Dal and Bro with Eka: each has its neighbour in the other group."""
    names = ("Norra gruppen", "Södra gruppen")
    first, second = (GroupFactory(cohort=cohort, name=name) for name in names)
    for name, group in zip(SPOTS, (first, second, first, second), strict=True):
        join(cohort, name, group=group)
    return first, second


def join(cohort, name, group=None, **fields):
    latitude, longitude = SPOTS.get(name, (60.0, 16.0))
    organisation = OrganisationFactory(
        short_name=name,
        population=fields.pop("population", 12_000),
        latitude=latitude,
        longitude=longitude,
        kind=fields.pop("kind", OrganisationKind.KOMMUN),
    )
    return ParticipationFactory(cohort=cohort, organisation=organisation, group=group, **fields)


def mentor(cohort, name="Mora", **fields):
    return join(cohort, name, role=Role.MENTOR, **fields)


def member(name):
    return Participation.objects.get(organisation__short_name=name)


def url(name, *args):
    return reverse(f"grouping:{name}", args=["provet", *args])


def move(client, name, to, **more):
    address = url("grouping_move", member(name).code)
    return client.post(address, {"to": to.pk if to else "", **more}, follow=True)


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def said(cohort, group):
    board = board_of(Cohort.objects.get(pk=cohort.pk), with_levels=True)
    return {reason.key: reason.words for reason in board.column(group).judgement.reasons}


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", "target", "organisation", "data"))


class TestReasons:
    def test_are_told_in_words_with_what_they_rest_on(self, cohort, groups):
        first, _ = groups
        InterestFactory(cohort=cohort, organisation=member("Ale").organisation, state="submitted", theme="Skola")
        for name, value in (("Ale", 2), ("Dal", 1)):
            AssessmentFactory(
                participation=member(name),
                meeting=MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1)),
                submitted=True,
                values=[value] * 10,
            )
        assert said(cohort, first) == {
            "distance": "Långt: 715\N{NO-BREAK SPACE}km mellan Ale och Dal",
            "size": "Ungefär lika stora: 12\N{NO-BREAK SPACE}000 invånare",
            "kind": "Två kommuner",
            "theme": "Ale önskar temat Skola, de andra har inte önskat något",
            "partners": "Ingen har önskat någon som är med i omgången",
            "level": "Olika långt komna: medelvärden från 1 till\N{NO-BREAK SPACE}2",
        }

    def test_a_near_group_says_so(self, cohort, groups):
        first, _ = groups
        move_to_group(participation=member("Dal"), group=None, by=None)
        move_to_group(participation=member("Bro"), group=first, by=None)
        assert said(cohort, first)["distance"] == "Nära: alla ligger inom 15\N{NO-BREAK SPACE}km"

    def test_wishes_are_told_met_and_not_met(self, cohort, groups):
        for name, wished in (("Ale", "Dal"), ("Dal", "Ale"), ("Bro", "Ale")):
            interest = InterestFactory(cohort=cohort, organisation=member(name).organisation, state="admitted")
            interest.partners.add(member(wished).organisation)
        first, second = groups
        assert said(cohort, first)["partners"] == "Ale och Dal önskade varandra"
        assert said(cohort, second)["partners"] == "Bro önskade Ale, som inte är i gruppen"

    def test_an_interest_that_was_never_sent_is_no_wish(self, cohort, groups):
        for state in ("draft", "withdrawn", "declined"):
            InterestFactory(cohort=cohort, organisation=member("Ale").organisation, state=state, theme="Skola")
            assert said(cohort, groups[0])["theme"] == "Ingen har önskat något tema"
            cohort.interests.all().delete()

    def test_what_is_missing_is_named_and_never_a_zero(self, cohort, groups):
        first, _ = groups
        organisation = member("Dal").organisation
        organisation.population = organisation.latitude = organisation.longitude = None
        organisation.save()
        board = board_of(cohort, with_levels=True)
        judged = board.column(first).judgement
        assert {key: judged.of(key).score for key in ("distance", "size", "level")} == dict.fromkeys(
            ("distance", "size", "level")
        )
        assert judged.of("distance").words == "Avståndet är inte känt: läget saknas för Dal"
        assert judged.of("size").words == "Storleken går inte att jämföra: folkmängden saknas för Dal"
        assert judged.of("level").words == "Självskattning saknas än för Ale och Dal"
        assert judged.fit == pytest.approx((0.5 * 12 + 3) / 15)  # kind alone is known

    def test_levels_of_two_versions_are_not_compared(self, cohort, groups):
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1))
        AssessmentFactory(participation=member("Ale"), meeting=meeting, submitted=True, values=[2] * 10)
        other = CohortFactory(plan__checklist="skr-2017")
        earlier = ParticipationFactory(cohort=other, organisation=member("Dal").organisation)
        AssessmentFactory(participation=earlier, submitted=True, values=[2] * 10)
        sentence = "Självskattningarna går inte att jämföra: olika versioner av checklistan"
        assert said(cohort, groups[0])["level"] == sentence

    def test_the_newest_level_counts_and_a_draft_does_not(self, cohort, groups):
        for day, value, submitted in ((1, 1, True), (5, 3, True), (9, 2, False)):
            meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, day))
            for name in ("Ale", "Dal"):
                of = {"participation": member(name), "meeting": meeting, "values": [value] * 10}
                AssessmentFactory(**of, submitted=submitted)
        assert said(cohort, groups[0])["level"] == "Lika långt komna: medelvärde 3"

    def test_a_mentor_that_takes_more_groups_says_so(self, cohort, groups):
        first, second = groups
        GroupMentorFactory(group=first, participation=mentor(cohort, capacity=2))
        assert (
            said(cohort, first)["mentor"] == "Mentorn Mora: högst 590\N{NO-BREAK SPACE}km bort, och tar en grupp till"
        )
        assert said(cohort, second)["mentor"] == "Ingen mentor är utsedd än"

    @pytest.mark.parametrize("model", ["none", "by_theme"])
    def test_where_groups_have_no_mentors_of_their_own_it_is_no_reason(self, client, leader, cohort, groups, model):
        mentor(cohort)
        Cohort.objects.update(mentor_model=model)
        assert "mentor" not in said(cohort, groups[0])
        if model == "none":
            assert "Mentor Ingen är utsedd" not in words(client.get(url("grouping")).text)

    def test_those_who_have_left_count_for_nothing(self, cohort, groups):
        Participation.objects.filter(pk=member("Dal").pk).update(status=Status.WITHDRAWN)
        board = board_of(cohort, with_levels=True)
        column = board.column(groups[0])
        assert [row.organisation.short_name for row in column.members] == ["Ale"]
        assert [row.organisation.short_name for row in column.left] == ["Dal"]
        assert column.judgement.fit is None
        assert column.size_note == "Färre än två, som omgångens grupper ska vara minst."


class TestWhoReads:
    def test_an_administrator_reads_no_level_and_moves_nobody(self, client, cohort, groups):
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1))
        for name in ("Ale", "Dal"):
            AssessmentFactory(participation=member(name), meeting=meeting, submitted=True, values=[2] * 10)
        client.force_login(UserFactory(skr_role=SkrRole.ADMINISTRATOR))
        html = client.get(url("grouping")).text
        assert "715" in html
        assert "långt komna: " not in html
        assert "Flytta" not in words(html)
        client.force_login(UserFactory(skr_role=SkrRole.PROCESS_LEADER))
        assert "Lika långt komna: medelvärde 2" in client.get(url("grouping")).text

    def test_nothing_is_changed_when_the_omgang_is_over(self, client, leader, cohort, groups):
        Cohort.objects.update(ends_on=date(2026, 11, 1))
        assert client.get(url("grouping")).status_code == 200
        assert client.post(url("grouping_move", member("Ale").code), {"to": ""}).status_code == 403
        assert client.get(url("grouping_proposal")).status_code == 403


class TestTheHeadline:
    def headline(self, cohort):
        return board_of(cohort, with_levels=False).headline

    def test_nobody_yet(self, cohort):
        assert self.headline(cohort) == "Ingen organisation deltar i omgången än."
        group = GroupFactory(cohort=cohort)
        assert self.headline(cohort) == "En grupp, men ingen organisation deltar i omgången än."
        group.delete()
        join(cohort, "Ale")
        assert self.headline(cohort) == "En organisation saknar grupp."

    def test_where_nothing_weighs_no_group_fits_better_or_worse(self, client, leader, cohort, groups):
        weights = dict.fromkeys(("distance", "size", "kind", "theme", "partners", "level", "mentor"), 0)
        GroupingWeights.objects.create(cohort=cohort, **weights)
        page = words(client.get(url("grouping")).text)
        assert "Fyra organisationer i två grupper." in page
        assert "Nu väger inget skäl något." in page
        assert "Passar" not in page

    def test_whether_all_have_a_place(self, cohort, groups):
        assert self.headline(cohort) == "Fyra organisationer i två grupper. Två grupper passar sämre."
        Participation.objects.filter(organisation__short_name__in=["Bro", "Eka"]).update(group=None)
        assert self.headline(cohort) == "Två grupper. Två organisationer saknar grupp."


class TestTheBoard:
    def test_a_member_has_its_size_its_nearest_and_its_theme(self, cohort, groups):
        InterestFactory(cohort=cohort, organisation=member("Ale").organisation, state="submitted", theme="Skola")
        move_to_group(participation=member("Bro"), group=groups[0], by=None)
        rows = board_of(cohort, with_levels=False).column(groups[0]).rows
        ale = next(row for row in rows if row.participation == member("Ale"))
        facts = (ale.size, ale.nearest, ale.theme)
        assert facts == ("12\N{NO-BREAK SPACE}000 invånare", "15\N{NO-BREAK SPACE}km till Bro", "Skola")

    def test_what_is_missing_is_left_out(self, cohort, groups):
        ale = member("Ale").organisation
        ale.population = ale.latitude = ale.longitude = None
        ale.save()
        rows = {row.participation: row for row in board_of(cohort, with_levels=False).column(groups[0]).rows}
        assert [(row.size, row.nearest, row.theme) for row in (rows[member("Ale")],)] == [("", "", "")]
        assert rows[member("Dal")].nearest == ""

    def test_no_way_to_move_is_offered_before_there_is_a_group(self, client, leader, cohort):
        for name in SPOTS:
            join(cohort, name)
        page = client.get(url("grouping")).text
        assert "Fyra organisationer saknar grupp." in page
        assert "Det finns inga grupper än." in page
        assert "member__move" not in page
        GroupFactory(cohort=cohort)
        page = client.get(url("grouping")).text
        assert page.count('class="member__move"') == 4
        assert "Det finns inga grupper än." not in page

    def test_how_it_fits_is_told_in_words_without_figures(self, client, leader, cohort, groups):
        page = words(client.get(url("grouping")).text)
        assert "! Passar sämre" in page
        assert "av 1" not in page
        assert not re.search(r"\b0,\d", page)
        assert "delat med" not in page

    def test_what_is_the_same_for_every_group_is_left_out(self, client, leader, cohort, groups):
        assert "Två kommuner" not in client.get(url("grouping")).text
        join(cohort, "Fur", kind=OrganisationKind.REGION, code="91")
        assert "Två kommuner" in client.get(url("grouping")).text

    @pytest.mark.parametrize(
        ("fit", "phrase"),
        [(1.0, "Passar mycket bra"), (0.65, "Passar bra"), (0.55, "Passar någorlunda"), (0.0, "Passar sämre")],
    )
    def test_each_fit_has_its_words(self, fit, phrase):
        assert fit_in_words(fit) == phrase

    @pytest.mark.parametrize(
        ("weights", "sentence"),
        [
            ({"distance": 5, "size": 1, "kind": 3}, "Nu väger närhet mest, sedan samma slag, sedan lika storlek."),
            ({"distance": 2, "size": 2}, "Nu väger närhet och lika storlek lika mycket."),
            ({"distance": 2, "size": 0}, "Nu väger bara närhet. Det här räknas inte: lika storlek."),
            ({"distance": 0}, "Nu väger inget skäl något."),
        ],
    )
    def test_what_weighs_most_is_told_in_a_sentence(self, weights, sentence):
        assert weights_in_words(weights) == sentence


class TestMovingByHand:
    def test_moves_keeps_a_row_and_enters_the_organisations_trail(self, client, leader, groups):
        _, second = groups
        response = move(client, "Ale", second, reason="Närmare grannen")
        assert "Ale är nu i Södra gruppen." in words(response.text)
        kept = GroupMove.objects.get()
        fields = (kept.participation, kept.from_name, kept.to_name, kept.moved_on, kept.reason, kept.by)
        assert fields == (member("Ale"), "Norra gruppen", "Södra gruppen", TODAY, "Närmare grannen", leader)
        data = {"what": "från Norra gruppen till Södra gruppen", "reason": "Närmare grannen", "cohort": "Provet"}
        assert events() == [("group_member_moved", "Ales kommun", member("Ale").organisation.code, data)]
        page = words(client.get(url("grouping")).text)
        assert "Tidigare byten mellan grupper" in page
        assert "Närmare grannen" in page

    def test_twice_is_once(self, client, leader, groups):
        for _ in range(2):
            move(client, "Ale", groups[1])
        assert GroupMove.objects.count() == len(events()) == 1

    def test_out_of_every_group_and_in_again(self, client, leader, groups):
        assert "Ale är inte längre i någon grupp." in words(move(client, "Ale", None).text)
        assert "Utan grupp" in words(client.get(url("grouping")).text)
        move(client, "Ale", groups[0])
        assert list(GroupMove.objects.values_list("from_name", "to_name")) == [
            ("Norra gruppen", ""),
            ("", "Norra gruppen"),
        ]

    def test_in_the_page_the_reasons_change_and_are_read_out(self, client, leader, groups):
        response = client.post(
            url("grouping_move", member("Ale").code), {"to": groups[1].pk}, headers={"hx-request": "true"}
        )
        assert 'id="board"' in response.text
        assert "<h1" not in response.text
        headline = "Fyra organisationer i två grupper. En grupp passar sämre."
        assert f'hx-swap-oob="innerHTML:.page-head__title">{headline}<' in response.text
        announced = json.loads(response["HX-Trigger"])["announce"]["value"]
        assert announced.startswith("Ale är nu i Södra gruppen. Långt: 730\N{NO-BREAK SPACE}km mellan Ale och Eka.")
        assert announced.endswith(". Gruppen passar sämre.")

    def test_asks_first_where_others_read_its_work(self, client, leader, cohort, groups):
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1))
        AssessmentFactory(participation=member("Ale"), meeting=meeting, submitted=True, values=[2] * 10)
        _, second = groups
        asked = move(client, "Ale", second)
        assert member("Ale").group == groups[0]
        assert "Ale har en inlämnad självskattning i omgången. Så snart du flyttar" in words(asked.text)
        assert asked.context["form"]["to"].value() == str(second.pk)
        htmx = client.post(url("grouping_move", member("Ale").code), {"to": second.pk}, headers={"hx-request": "true"})
        assert htmx["HX-Redirect"] == f"{url('grouping_move', member('Ale').code)}?to={second.pk}"
        move(client, "Ale", second, sure="on")
        assert member("Ale").group == second

    def test_readers_change_at_once_and_values_follow_the_organisation(self, client, leader, cohort, groups):
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1))
        values = AssessmentFactory(participation=member("Ale"), meeting=meeting, submitted=True, values=[2] * 10)
        old, new = (DelegateFactory(participation=member(name)).user for name in ("Dal", "Bro"))
        move(client, "Ale", groups[1], sure="on")
        status_codes = {}
        for who, user in (("old", old), ("new", new)):
            client.force_login(user)
            status_codes[who] = client.get(values.get_absolute_url()).status_code
        assert status_codes == {"old": 404, "new": 200}

    def test_meetings_follow_the_group(self, client, leader, cohort, groups):
        MeetingFactory(cohort=cohort, group=groups[0], key="norra", name="Norra gruppens träff")
        move(client, "Ale", groups[1])
        assert list(groups[0].meetings.values_list("key", flat=True)) == ["norra"]
        assert meetings_for(member("Ale"), cohort.meetings.all()) == []

    def test_one_that_has_left_and_a_mentor_are_not_moved(self, client, leader, cohort, groups):
        Participation.objects.filter(pk=member("Ale").pk).update(status=Status.WITHDRAWN)
        helper = mentor(cohort)
        answers = [move(client, name, groups[1]) for name in ("Ale", "Mora")]
        assert [answer.status_code for answer in answers] == [422, 422]
        assert "har lämnat omgången, och flyttas inte." in answers[0].text
        assert "Bara deltagare är med i en grupp." in answers[1].text
        helper.refresh_from_db()
        assert (helper.group, events()) == (None, [])

    def test_another_omgangs_group_is_no_choice(self, client, leader, groups):
        response = move(client, "Ale", GroupFactory())
        assert response.status_code == 422
        assert "Gruppen finns inte längre. Välj en annan." in response.text
        assert member("Ale").group == groups[0]

    def test_a_group_named_by_its_members_follows_them(self, client, leader, cohort, groups):
        first, second = groups
        Group.objects.filter(pk=first.pk).update(name="Ale och Dal")
        move(client, "Ale", second)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.name, second.name) == ("Dal", "Södra gruppen")
        assert GroupMove.objects.get().from_name == "Ale och Dal"


class TestPages:
    @pytest.fixture(autouse=True)
    def _one_a_page(self, monkeypatch):
        for name in ("PER_PAGE", "GROUPS_PER_PAGE"):
            monkeypatch.setattr(grouping, name, 1)

    @staticmethod
    def shown(response):
        return re.findall(r'data-code="(\d+)"', response.text)

    def test_each_is_on_one_page_and_the_headline_is_of_all(self, client, leader, cohort, groups):
        pages = [client.get(url("grouping"), {"sida": number}) for number in (1, 2, 9, "x")]
        codes = [[member(name).code for name in names] for names in (("Ale", "Dal"), ("Bro", "Eka"))]
        assert [self.shown(page) for page in pages] == [codes[0], codes[1], codes[1], codes[0]]
        assert all("Fyra organisationer i två grupper. Två grupper passar sämre." in page.text for page in pages)

    def test_those_without_a_group_have_pages_of_their_own(self, client, leader, cohort, groups):
        lacking = [join(cohort, name) for name in ("Fur", "Gla")]
        first, second = (client.get(url("grouping"), {"utan": number, "sida": "2"}) for number in (1, 2))
        others = [member(name).code for name in ("Bro", "Eka")]
        assert [self.shown(page) for page in (first, second)] == [[row.code, *others] for row in lacking]
        assert 'href="?utan=2&amp;sida=2"' in first.text

    def test_a_move_keeps_the_page(self, client, leader, cohort, groups):
        board = client.get(url("grouping"), {"sida": "2"})
        address = f"{url('grouping_move', member('Bro').code)}?sida=2"
        assert f'<a href="{address}">Flytta' in board.text
        assert "member__move" not in board.text
        page = client.get(address)
        # From any page one can move to any group.
        assert all(f'<option value="{group.pk}"' in page.text for group in groups)
        assert f'href="{url("grouping")}?sida=2"' in page.text
        assert client.post(address, {"to": groups[0].pk}).url == f"{url('grouping')}?sida=2"
        assert member("Bro").group == groups[0]

    def test_a_move_within_the_page_keeps_it(self, client, leader, cohort, groups, monkeypatch):
        monkeypatch.setattr(grouping, "GROUPS_PER_PAGE", 2)
        for name in ("Fur", "Gla"):
            join(cohort, name)
        address = f"{url('grouping_move', member('Bro').code)}?utan=2"
        page = client.get(url("grouping"), {"utan": "2"})
        assert f'action="{address}"' in page.text
        assert f'hx-post="{address}"' in page.text
        board = client.post(address, {"to": groups[0].pk}, headers={"hx-request": "true"})
        assert f'action="{address}"' in board.text
        assert self.shown(board)[0] == member("Gla").code

    def test_a_move_that_asks_first_keeps_the_page(self, client, leader, cohort, groups):
        meeting = MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1))
        AssessmentFactory(participation=member("Bro"), meeting=meeting, submitted=True, values=[2] * 10)
        address = url("grouping_move", member("Bro").code)
        asked = client.post(f"{address}?sida=2", {"to": groups[0].pk}).url
        assert asked == f"{address}?to={groups[0].pk}&sida=2"
        assert f'href="{url("grouping")}?sida=2"' in client.get(asked).text
        assert client.post(asked, {"to": groups[0].pk, "sure": "on"}).url == f"{url('grouping')}?sida=2"

    def test_earlier_moves_have_pages_of_their_own(self, client, leader, cohort, groups):
        for name, to in (("Ale", groups[1]), ("Bro", groups[0])):
            move(client, name, to, reason=f"Skälet för {name}")
        newest, oldest = (client.get(url("grouping"), {"byten": number}) for number in (1, 2))
        names_by_page = [
            [name for name in ("Ale", "Bro") if f"Skälet för {name}" in page.text] for page in (newest, oldest)
        ]
        assert names_by_page == [["Bro"], ["Ale"]]
        assert 'href="?byten=2#byten"' in newest.text

    def test_a_proposal_is_of_all(self, client, leader, cohort, groups):
        wanted = json.loads(client.get(url("grouping_proposal")).context["form"].initial["groups"])
        assert sorted(pk for group in wanted for pk in group["members"]) == sorted(member(name).pk for name in SPOTS)


class TestAGroup:
    def test_is_made_and_renamed(self, client, leader, cohort):
        client.post(url("grouping_new"), {"name": "  Nya   gruppen ", "track": "Hälsa"})
        group = cohort.groups.get()
        assert (group.key, group.name, group.track) == ("grupp-1", "Nya gruppen", "Hälsa")
        client.post(url("grouping_edit", group.pk), {"name": "Andra gruppen", "track": ""})
        group.refresh_from_db()
        assert (group.name, group.track) == ("Andra gruppen", "")
        assert [kind for kind, *_ in events()] == ["group_saved", "group_saved"]

    @pytest.mark.parametrize(
        ("name", "sentence"),
        [("", "Skriv vad gruppen heter."), ("norra gruppen", "Det finns redan en grupp som heter så.")],
    )
    def test_is_refused_without_a_name_of_its_own(self, client, leader, cohort, groups, name, sentence):
        response = client.post(url("grouping_new"), {"name": name, "track": "Hälsa"})
        assert response.status_code == 422
        assert sentence in response.text
        assert 'value="Hälsa"' in response.text
        assert cohort.groups.count() == 2

    def test_is_removed_when_it_is_empty_alone(self, client, leader, cohort, groups):
        first, _ = groups
        client.post(url("grouping_remove", first.pk))
        empty, met = (GroupFactory(cohort=cohort, name=name) for name in ("Tom", "Har träffats"))
        MeetingFactory(cohort=cohort, group=met)
        for group in (empty, empty, met):
            assert client.post(url("grouping_remove", group.pk)).status_code == 302
        assert set(cohort.groups.values_list("name", flat=True)) == {"Norra gruppen", "Södra gruppen", "Har träffats"}
        assert [(kind, target) for kind, target, *_ in events()] == [("group_saved", "Tom")]


class TestMentors:
    def assign(self, client, group, who, **more):
        return client.post(url("grouping_mentor", group.pk), {"mentor": who.pk, **more})

    def test_one_is_assigned_with_a_theme_of_a_learning_meeting(self, client, leader, cohort, groups):
        MeetingFactory(cohort=cohort, theme="Analys och uppföljning")
        mora = mentor(cohort)
        assert self.assign(client, groups[0], mora, theme="Analys och uppföljning").status_code == 302
        group_mentor = GroupMentor.objects.get()
        assert (group_mentor.group, group_mentor.participation, theme_of(group_mentor), group_mentor.supporting) == (
            groups[0],
            mora,
            "Analys och uppföljning",
            False,
        )
        assert self.assign(client, groups[0], mora, theme="Påhittat").status_code == 422
        assert [kind for kind, *_ in events()] == ["mentor_assigned"]

    def test_the_groups_own_and_joint_meetings_are_to_choose_among(self, cohort, groups):
        for number, (group, theme) in enumerate([(groups[0], "Norra temat"), (groups[1], "Södra temat"), (None, "")]):
            MeetingFactory(cohort=cohort, group=group, number=number, theme=theme, name=f"Lärandeträff {number}")
        MeetingFactory(cohort=cohort, number=7, theme="Inställt", cancelled_on=TODAY)
        choices = MentorForm(cohort=cohort, group=groups[0]).fields["theme"].choices
        assert {label for label, _ in choices} == {"", "Norra temat", "Lärandeträff 2"}

    def test_only_the_groups_meetings_are_assigned(self, leader, cohort, groups):
        mora = mentor(cohort)
        for meeting in (
            MeetingFactory(cohort=cohort, group=groups[1]),
            MeetingFactory(),
            MeetingFactory(cohort=cohort, kind=MeetingKind.KICKOFF),
        ):
            with pytest.raises(ActionRefused, match="Välj bland gruppens lärandeträffar"):
                assign_mentor(group=groups[0], participation=mora, meetings=[meeting], by=leader)

    def test_a_theme_that_no_meeting_has_is_told_until_one_is_chosen(self, client, leader, cohort, groups):
        mora = mentor(cohort)
        GroupMentorFactory(group=groups[0], participation=mora, theme="Spridning")
        label = "Spridning (ingen av gruppens lärandeträffar har det temat än)"
        assert label in client.get(url("grouping_edit", groups[0].pk)).text
        meeting = MeetingFactory(cohort=cohort, theme="Spridning i linjen")
        self.assign(client, groups[0], mora, theme=meeting.theme)
        mentorship = GroupMentor.objects.get()
        assert (list(mentorship.meetings.all()), mentorship.wished_theme) == ([meeting], "")
        assert label not in client.get(url("grouping_edit", groups[0].pk)).text

    def test_no_more_groups_than_it_takes(self, client, leader, cohort, groups):
        mora = mentor(cohort, capacity=1)
        self.assign(client, groups[0], mora)
        response = self.assign(client, groups[1], mora)
        assert response.status_code == 422
        assert f"har tackat ja till en grupp och har redan en. {mora} kan vara stödjande mentor." in response.text
        assert self.assign(client, groups[1], mora, supporting="on").status_code == 302
        assert list(GroupMentor.objects.order_by("pk").values_list("group", "supporting")) == [
            (groups[0].pk, False),
            (groups[1].pk, True),
        ]

    def test_nobody_is_mentored_by_itself(self, client, leader, cohort, groups):
        mora = mentor(cohort, group=groups[0])
        assert "kan inte vara sin egen mentor" in self.assign(client, groups[0], mora).text
        assert self.assign(client, groups[0], member("Ale")).status_code == 422
        assert not GroupMentor.objects.exists()

    def test_an_omgang_without_mentors_has_none(self, client, leader, cohort, groups):
        Cohort.objects.update(mentor_model="none")
        assert "Omgången är utan mentorer." in " ".join(
            self.assign(client, groups[0], mentor(cohort)).context["mentor_form"].errors["mentor"]
        )

    def test_the_mentors_persons_read_from_then_and_stop_when_it_ends(self, client, leader, cohort, groups):
        mora = mentor(cohort)
        values = AssessmentFactory(
            participation=member("Ale"),
            meeting=MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1)),
            submitted=True,
            values=[2] * 10,
        )
        reader = DelegateFactory(participation=mora).user
        status_codes = []
        for change in (None, "grouping_mentor", "grouping_mentor_remove"):
            client.force_login(leader)
            if change == "grouping_mentor":
                self.assign(client, groups[0], mora)
            elif change:
                for _ in range(2):
                    client.post(url(change, groups[0].pk, mora.code))
            client.force_login(reader)
            status_codes.append(client.get(values.get_absolute_url()).status_code)
        assert status_codes == [404, 200, 404]
        assert [kind for kind, *_ in events()] == ["mentor_assigned", "mentor_assigned"]


class TestWeightsAndRules:
    EVEN = dict.fromkeys(("distance", "size", "kind", "theme", "partners", "level", "mentor"), 3)

    def test_weights_are_saved_and_change_the_number(self, client, leader, cohort, groups):
        before = board_of(cohort, with_levels=True).score
        client.post(url("grouping_weights"), {**self.EVEN, "distance": 5, "kind": 0})
        saved = GroupingWeights.objects.get()
        assert (saved.distance, saved.kind, saved.size) == (5, 0, 3)
        assert board_of(Cohort.objects.get(pk=cohort.pk), with_levels=True).score < before
        client.post(url("grouping_weights"), {**self.EVEN, "distance": 5, "kind": 0})
        assert [kind for kind, *_ in events()] == ["cohort_changed"]

    @pytest.mark.parametrize("wrong", ["6", "-1", "", "mycket"])
    def test_a_weight_outside_the_scale_is_refused_and_kept_on_the_page(self, client, leader, cohort, wrong):
        response = client.post(url("grouping_weights"), {**self.EVEN, "size": 4, "distance": wrong})
        assert response.status_code == 422
        assert "Välj ett tal från 0 till 5." in response.text
        assert response.context["weights_form"]["size"].value() == "4"
        assert not GroupingWeights.objects.exists()

    def test_a_pair_has_one_rule_whichever_is_named_first(self, client, leader, cohort, groups):
        ale, bro = member("Ale"), member("Bro")
        for kind, first, second in (("together", ale, bro), ("apart", bro, ale), ("apart", ale, bro)):
            client.post(url("grouping_rule"), {"kind": kind, "participation": first.pk, "other": second.pk})
        rule = GroupingRule.objects.get()
        assert str(rule) == "Ales kommun och Bros kommun hålls isär"
        for _ in range(2):
            client.post(url("grouping_rule_remove", rule.pk))
        assert not GroupingRule.objects.exists()
        assert [kind for kind, *_ in events()] == ["cohort_changed"] * 3

    @pytest.mark.parametrize(
        ("kind", "first", "second", "sentence"),
        [
            ("together", "Ale", "", "Välj också den andra organisationen."),
            ("together", "Ale", "Ale", "Välj två olika organisationer."),
            ("stay", "Ensam", "", "är inte med i någon grupp än."),
            ("", "Ale", "Bro", "Välj en regel."),
        ],
    )
    def test_a_rule_that_says_nothing_is_refused(self, client, leader, cohort, groups, kind, first, second, sentence):
        join(cohort, "Ensam")
        posted = {"kind": kind, "participation": member(first).pk, "other": member(second).pk if second else ""}
        response = client.post(url("grouping_rule"), posted)
        assert response.status_code == 422
        assert sentence in response.text
        assert not GroupingRule.objects.exists()


class TestTheProposal:
    def take(self, client, **more):
        form = client.get(url("grouping_proposal")).context["form"]
        posted = {name: form[name].value() or "" for name in ("groups", "seen", "reason")}
        return client.post(url("grouping_proposal"), {**posted, **more}, follow=True)

    def together(self):
        rows = Participation.objects.filter(role="participant", group__isnull=False)
        return {
            frozenset(rows.filter(group=group).values_list("organisation__short_name", flat=True))
            for group in rows.values_list("group", flat=True)
        }

    def test_stands_beside_todays_groups_and_says_why(self, client, leader, groups):
        page = words(client.get(url("grouping_proposal")).text)
        assert "Två organisationer byter grupp i förslaget." in page
        assert "Ingen annan indelning passar bättre med dina vikter och regler." in page
        assert re.search(r"Norra gruppen Södra gruppen|Södra gruppen Norra gruppen", page)
        assert "Nära: alla ligger inom 15" in page

    def test_is_taken_with_one_button(self, client, leader, groups):
        response = self.take(client, reason="Inför uppstarten")
        assert "Förslaget är genomfört. Två organisationer har fått ny grupp." in words(response.text)
        assert self.together() == {frozenset({"Ale", "Bro"}), frozenset({"Dal", "Eka"})}
        assert set(GroupMove.objects.values_list("reason", flat=True)) == {"Inför uppstarten"}
        assert GroupMove.objects.count() == 2
        assert [(kind, code) for kind, _, code, _ in events()] == [("groups_proposed", "")]

    def test_the_trail_tells_a_first_group_from_a_change(self, client, leader, groups):
        Participation.objects.filter(organisation__short_name__in=["Bro", "Eka"]).update(group=None)
        self.take(client)
        assert events()[-1][3]["what"] == "två organisationer fick sin grupp och en organisation bytte grupp"

    def test_is_thrown_away_by_leaving_it(self, client, leader, groups):
        before = self.together()
        client.get(url("grouping_proposal"))
        assert (self.together(), events()) == (before, [])

    def test_made_from_other_groups_it_is_refused_with_a_sentence(self, client, leader, groups):
        form = client.get(url("grouping_proposal")).context["form"]
        move(client, "Ale", None)
        posted = {name: form[name].value() for name in ("groups", "seen")}
        response = client.post(url("grouping_proposal"), posted)
        assert response.status_code == 422
        assert "Grupperna har ändrats sedan förslaget gjordes" in response.text
        assert member("Ale").group is None
        assert member("Dal").group == groups[0]

    def test_taken_twice_it_is_taken_once(self, client, leader, groups):
        form = client.get(url("grouping_proposal")).context["form"]
        posted = {name: form[name].value() for name in ("groups", "seen")}
        answers = [client.post(url("grouping_proposal"), posted).status_code for _ in range(2)]
        assert (answers, GroupMove.objects.count()) == ([302, 422], 2)

    @pytest.mark.parametrize("groups_posted", ["", "{", "[1]", '[{"group": "x"}]', "[]", "null", '[{"group": null}]'])
    def test_what_is_no_proposal_is_refused(self, client, leader, groups, groups_posted):
        seen = client.get(url("grouping_proposal")).context["form"]["seen"].value()
        before = self.together()
        response = client.post(url("grouping_proposal"), {"groups": groups_posted, "seen": seen})
        assert (response.status_code, self.together(), events()) == (422, before, [])

    def test_one_left_out_or_named_twice_is_refused(self, client, leader, groups):
        form = client.get(url("grouping_proposal")).context["form"]
        rows = json.loads(form["groups"].value())
        for members in ([], rows[0]["members"] * 2):
            wrong = [{**rows[0], "members": members}, *rows[1:]]
            posted = {"groups": json.dumps(wrong), "seen": form["seen"].value()}
            response = client.post(url("grouping_proposal"), posted)
            assert "Någon organisation saknas eller finns med två gånger i förslaget." in response.text
        assert events() == []

    def test_a_mentor_in_more_groups_than_it_takes_is_refused(self, client, leader, cohort, groups):
        mora = mentor(cohort, capacity=1)
        form = client.get(url("grouping_proposal")).context["form"]
        rows = [{**row, "mentors": [mora.pk]} for row in json.loads(form["groups"].value())]
        response = client.post(url("grouping_proposal"), {"groups": json.dumps(rows), "seen": form["seen"].value()})
        assert "En mentor har tackat ja till färre grupper än förslaget har." in response.text
        assert (GroupMentor.objects.exists(), events()) == (False, [])

    def test_keeps_the_rules(self, client, leader, cohort, groups):
        ale, bro, dal = member("Ale"), member("Bro"), member("Dal")
        GroupingRule.objects.create(cohort=cohort, kind="stay", participation=dal)
        GroupingRule.objects.create(cohort=cohort, kind="apart", participation=ale, other=bro)
        self.take(client)
        assert member("Dal").group == groups[0]
        assert not any({"Ale", "Bro"} <= group for group in self.together())

    def test_those_that_stay_stay_where_they_are(self, client, leader, cohort, groups):
        for name in ("Ale", "Eka"):
            GroupingRule.objects.create(cohort=cohort, kind="stay", participation=member(name))
        self.take(client)
        assert (member("Ale").group, member("Eka").group) == groups
        assert self.together() == {frozenset({"Ale", "Bro"}), frozenset({"Dal", "Eka"})}

    def test_new_groups_are_named_by_their_members(self, client, leader, cohort):
        for name in SPOTS:
            join(cohort, name)
        self.take(client)
        assert set(cohort.groups.values_list("name", flat=True)) == {"Ale och Bro", "Dal och Eka"}

    def test_empty_groups_are_used_before_new_ones(self, client, leader, cohort):
        GroupFactory(cohort=cohort, name="Första")
        for name in SPOTS:
            join(cohort, name)
        self.take(client)
        assert set(cohort.groups.values_list("name", flat=True)) == {"Första", "Dal och Eka"}

    def test_gives_each_group_the_mentor_that_is_near_and_leaves_supporting_ones(self, client, leader, cohort, groups):
        spots = {"Sydmentor": (59.0, 15.1), "Nordmentor": (65.0, 20.1)}
        south, north = (
            ParticipationFactory(
                cohort=cohort,
                role=Role.MENTOR,
                capacity=1,
                organisation=OrganisationFactory(short_name=name, latitude=place[0], longitude=place[1]),
            )
            for name, place in spots.items()
        )
        helper = join(cohort, "Stöd", role=Role.SUPPORTING_MENTOR)
        GroupMentorFactory(group=groups[0], participation=helper, supporting=True)
        self.take(client)
        leading = {
            mentorship.participation: mentorship.group
            for mentorship in GroupMentor.objects.filter(supporting=False).select_related("group", "participation")
        }
        assert leading == {south: member("Ale").group, north: member("Dal").group}
        assert GroupMentor.objects.filter(supporting=True).get().group == groups[0]

    def test_tells_that_mentors_do_not_suffice(self, client, leader, cohort, groups):
        mentor(cohort, capacity=1)
        assert "En grupp får ingen mentor: mentorerna i omgången tar inte fler grupper." in words(
            client.get(url("grouping_proposal")).text
        )

    def test_tells_who_will_read_what_is_shared(self, client, leader, cohort, groups):
        for name in SPOTS:
            AssessmentFactory(
                participation=member(name),
                meeting=MeetingFactory(cohort=cohort, starts_on=date(2026, 9, 1)),
                submitted=True,
                values=[2] * 10,
            )
        assert "har lämnat in eller delat något i omgången. När förslaget används får de nya grupperna se det" in words(
            client.get(url("grouping_proposal")).text
        )

    def test_a_number_that_cannot_be_split_is_told(self, client, leader, cohort, groups):
        Cohort.objects.update(group_min=3, group_max=3)
        page = words(client.get(url("grouping_proposal")).text)
        assert "Fyra organisationer går inte att dela i grupper om tre med reglerna som de är." in page

    def test_one_alone_is_told(self, client, leader, cohort):
        join(cohort, "Ale")
        page = words(client.get(url("grouping_proposal")).text)
        assert "Det behövs minst två organisationer för att bilda en grupp." in page

    def test_the_best_already_is_told_and_changes_nothing(self, client, leader, groups):
        self.take(client)
        page = client.get(url("grouping_proposal")).text
        assert "Grupperna är redan de bästa." in page
        assert "Använd förslaget" not in page
