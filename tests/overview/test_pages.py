"""The omgångar, one omgång, what is due, the trail, and the pages everyone may read."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from admission.models import LetterIssue
from assessments.trail import AssessmentEvent
from checklist.trail import ChecklistEvent
from cohorts.enums import Function, Role, Status
from exchange.trail import ExchangeEvent
from follow_up.outlook import outlook
from improvements.trail import ImprovementEvent
from kit import audit
from kit.models import AuditEvent
from kit.ordering import swedish
from kit.templatetags.swedish import day
from mailings.models import Mail
from meetings.enums import Rsvp
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from modell import menu
from overview.terms import terms
from overview.trail_words import details
from people.trail import PeopleEvent
from planning.setup.standing import standing
from reports.trail import ReportEvent
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EvaluatorFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.overview.pages import GATHERED
from tests.process_factories import AttendanceFactory

pytestmark = pytest.mark.django_db
SOON = date(2026, 12, 13)
LATE = date(2026, 11, 27)  # a week after its last day to hand in, which has been


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role="process_leader")


@pytest.fixture
def cohort():
    return CohortFactory(name="Modellkommuner 2026")


def text(response):
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


def page(client, cohort):
    return client.get(reverse("overview:cohort", args=[cohort.slug]))


# The omgångar


def test_running_omgangar_first_and_closed_ones_in_a_table(client, leader, cohort):
    closed = CohortFactory(name="Förr", starts_on=date(2020, 1, 1), ends_on=date(2021, 1, 1))
    ParticipationFactory.create_batch(2, cohort=closed)
    ParticipationFactory(cohort=closed, status=Status.WITHDRAWN)
    ParticipationFactory(cohort=closed, role=Role.MENTOR)
    client.force_login(leader)
    response = client.get(reverse("overview:cohorts"))
    shown = [[(row.name, row.n_participants) for row in response.context[part]] for part in ("running", "closed")]
    assert shown == [[("Modellkommuner 2026", 0)], [("Förr", 3)]]
    assert "3 deltagare, varav 1 har lämnat" in text(response)
    assert "inga deltagare än" in text(response)


def test_closed_omgangar_stand_with_the_newest_first(client, leader):
    for year in (2018, 2020, 2019):
        CohortFactory(name=f"Omgång {year}", starts_on=date(year, 1, 1), ends_on=date(year, 12, 1))
    client.force_login(leader)
    shown = [row.name for row in client.get(reverse("overview:cohorts")).context["closed"]]
    assert shown == ["Omgång 2020", "Omgång 2019", "Omgång 2018"]


def test_a_card_says_how_it_stands_and_what_comes_next(client, leader, cohort):
    client.force_login(leader)
    shown = text(client.get(reverse("overview:cohorts")))
    assert "En omgång pågår." in shown
    assert "Inga träffar är planerade än." in shown
    MeetingFactory(cohort=cohort, name="Lärandeträff 1", kind=MeetingKind.LEARNING_MEETING, starts_on=SOON)
    MeetingFactory(cohort=cohort, name="Inställd", starts_on=TODAY, cancelled_on=TODAY)
    CohortFactory(name="Sedan", starts_on=TODAY + timedelta(days=90), ends_on=TODAY + timedelta(days=400))
    shown = text(client.get(reverse("overview:cohorts")))
    assert "En omgång pågår och en ska börja." in shown
    assert f"Nästa träff är {day(SOON)}: Lärandeträff 1. Självskattningen ska lämnas in senast" in shown
    assert "Inställd" not in shown
    assert f"Börjar {day(TODAY + timedelta(days=90))}" in shown


def test_before_it_begins_the_card_follows_the_admission():
    opens, closes, board = (TODAY + timedelta(days=days) for days in (10, 20, 30))
    cohort = CohortFactory(
        starts_on=TODAY + timedelta(days=90),
        ends_on=TODAY + timedelta(days=400),
        interest_opens_on=opens,
        interest_closes_on=closes,
        board_meets_on=board,
    )
    expected = {
        TODAY: f"Intresseanmälan öppnar {day(opens)}.",
        opens: f"Intresseanmälan är öppen till {day(closes)}.",
        board: f"Styrgruppen beslutar {day(board)}.",
        board + timedelta(days=1): "Inga träffar är planerade än.",
    }
    assert {when: outlook(cohort, [], when).next for when in expected} == expected


def test_no_omgang_at_all_says_what_to_do(client, leader):
    client.force_login(leader)
    assert "Det finns ingen omgång som du kan se än." in text(client.get(reverse("overview:cohorts")))


def test_one_sees_only_the_omgangar_one_is_in(client, cohort):
    CohortFactory(name="En annan")
    client.force_login(EvaluatorFactory(cohort=cohort).user)
    response = client.get(reverse("overview:cohorts"))
    assert [row.name for row in response.context["running"]] == ["Modellkommuner 2026"]


@pytest.mark.parametrize("name", ["cohorts", "cohort"])
def test_queries_do_not_grow_with_participants(client, leader, cohort, name, django_assert_max_num_queries):
    address = reverse(f"overview:{name}", args=[cohort.slug] if name == "cohort" else [])
    client.force_login(leader)
    counts = []
    for _ in range(2):
        fill(cohort, groups=1 if not counts else 9)
        with django_assert_max_num_queries(25) as asked:
            client.get(address)
        counts.append(len(asked))
    assert cohort.participations.participants().count() == 30
    assert counts[0] == counts[1]


def fill(cohort, *, groups):
    """Three participants and two mentors to a group, with its meeting; one has begun and one has handed in."""
    for group in GroupFactory.create_batch(groups, cohort=cohort):
        members = ParticipationFactory.create_batch(3, cohort=cohort, group=group)
        GroupMentorFactory.create_batch(2, group=group)
        meeting = MeetingFactory(cohort=cohort, starts_on=SOON, group=group)
        AssessmentFactory(participation=members[0], meeting=meeting, values=[2])
        AssessmentFactory(participation=members[1], meeting=meeting, submitted=True)


@pytest.mark.parametrize("who", ["strategist", "evaluator"])
def test_queries_of_others_are_bounded_too(client, cohort, who, django_assert_max_num_queries):
    fill(cohort, groups=3)
    seat = {"participation": cohort.participations.first()}
    client.force_login(DelegateFactory(**seat).user if who == "strategist" else EvaluatorFactory(cohort=cohort).user)
    with django_assert_max_num_queries(25):
        page(client, cohort)


# One omgång


def before(cohort, *states, starts_on=SOON):
    """A meeting, and one participant for each state: how many values are stored, "in" or None."""
    meeting = MeetingFactory(cohort=cohort, name="Lärandeträff 2", starts_on=starts_on)
    for state in states:
        participation = ParticipationFactory(cohort=cohort)
        if state == "in":
            AssessmentFactory(participation=participation, meeting=meeting, submitted=True)
        elif state is not None:
            AssessmentFactory(participation=participation, meeting=meeting, values=[1] * state)
    return meeting


@pytest.mark.parametrize(
    ("states", "starts_on", "headline", "lead"),
    [
        (
            ["in", "in", 6],
            SOON,
            "En av tre har inte lämnat in sin självskattning än.",
            "Sista dag är söndag 6 december",
        ),
        (
            ["in", 6, None],
            LATE,
            "Två av tre har inte lämnat in sin självskattning.",
            "Sista dag var fredag 20 november",
        ),
        ([None, 3], SOON, "Ingen har lämnat in sin självskattning än.", "Sista dag är"),
        (["in", *[None] * 12], SOON, "12 av 13 har inte lämnat in sin självskattning än.", "Sista dag är"),
        (
            ["in", "in"],
            SOON,
            "Alla saknar politiker, chef eller strateg.",
            "Lärandeträff 2 är söndag 13 december 2026.",
        ),
    ],
)
def test_the_headline_names_the_heaviest_gap(client, leader, cohort, states, starts_on, headline, lead):
    before(cohort, *states, starts_on=starts_on)
    client.force_login(leader)
    html = text(page(client, cohort))
    assert headline in html
    assert lead in html


def test_a_missing_answer_does_not_hide_who_is_late(client, leader, cohort):
    """Everyone has something left, and one is late: the late one stands in the headline."""
    before(cohort, "in", "in", None, starts_on=LATE)
    client.force_login(leader)
    html = text(page(client, cohort))
    assert "En av tre har inte lämnat in sin självskattning." in html
    assert "Alla har något kvar" not in html


def test_with_nothing_left_the_headline_says_so(client, leader, cohort):
    meeting = before(cohort, "in")
    row = cohort.participations.get()
    for function in (Function.POLITICIAN, Function.MANAGER, Function.STRATEGIST):
        delegate = DelegateFactory(participation=row, function=function)
        AttendanceFactory(meeting=meeting, delegate=delegate, answer=Rsvp.YES)
    client.force_login(leader)
    html = text(page(client, cohort))
    assert "Inget saknas inför Lärandeträff 2." in html
    assert f"{row.organisation.name} har inget kvar." in html
    assert "Påminn" not in html


def test_each_organisation_that_lacks_something_has_its_own_reminder(client, leader, cohort):
    meeting = before(cohort, "in", 6, None)
    client.force_login(leader)
    html = text(page(client, cohort))
    for words in ("Självskattning: påbörjad, 6 av 10 moment", "Självskattning: inte påbörjad än"):
        assert words in html
    for row in cohort.participations.all()[1:]:
        assert f"?traff={meeting.key}&amp;av={row.code}&amp;sak=" in html
    assert html.count("Inte påmind av SKR än") == 3
    assert html.count('data-variant="primary"') == 1
    assert "Påminn alla tre" in html


def test_the_last_reminder_stands_under_the_button(client, leader, cohort):
    meeting = before(cohort, None)
    strategist = DelegateFactory(participation=cohort.participations.get())
    client.force_login(leader)
    remind = reverse("follow_up:remind", args=[cohort.slug])
    asked = {"traff": meeting.key, "av": strategist.participation.code, "sak": "assessment"}
    assert "En person får mejlet" in text(client.get(remind, asked))
    with time_machine.travel(TODAY - timedelta(days=2), tick=False):
        answer = client.post(remind, {**asked, "till": f"{strategist.user_id},"})
    assert answer.url == cohort.get_absolute_url()
    html = text(page(client, cohort))
    assert "Påminn igen" in html
    assert "Påmind 20 nov" in html


def test_a_reminder_of_one_goes_to_no_other(client, leader, cohort):
    meeting = before(cohort, None, None)
    first, second = (DelegateFactory(participation=row) for row in cohort.participations.all())
    client.force_login(leader)
    remind = reverse("follow_up:remind", args=[cohort.slug])
    asked = {"traff": meeting.key, "sak": "assessment", "till": f"{first.user_id},{second.user_id},"}
    client.post(remind, {**asked, "av": first.participation.code})
    assert [mail.recipient for mail in Mail.objects.all()] == [first.user]
    client.post(remind, {**asked, "av": "9999"})
    assert Mail.objects.count() == 1


def test_twelve_or_more_are_grouped_by_what_weighs_most(client, leader, cohort):
    meeting = before(cohort, *[None] * 13, "in", starts_on=LATE)
    client.force_login(leader)
    response = page(client, cohort)
    groups = response.context["before"].groups
    assert [(group.title, len(group.rows), group.more) for group in groups] == [
        ("Självskattning, sista dag har varit", 12, 1),
        ("Representanter", 1, 0),
    ]
    html = text(response)
    assert "Och en organisation till." in html
    assert f"?traff={meeting.key}&amp;visa=saknar" in html


def test_the_meeting_whose_self_assessment_is_open_is_followed(client, leader, cohort):
    assessed = before(cohort, None)
    MeetingFactory(cohort=cohort, name="Strategträff 2", kind="strategist_meeting", starts_on=TODAY + timedelta(days=2))
    client.force_login(leader)
    assert page(client, cohort).context["before"].meeting == assessed
    assessed.opens_before = 1
    assessed.due_before = 0
    assessed.save()
    assert page(client, cohort).context["before"].meeting.name == "Strategträff 2"


def test_other_groups_own_meetings_are_told_of(client, leader, cohort):
    groups = [GroupFactory(cohort=cohort) for _ in range(3)]
    for place, group in enumerate(groups):
        for days in (10, 60):
            starts_on = TODAY + timedelta(days=days + place)
            MeetingFactory(cohort=cohort, group=group, name=f"Träff om {days}", starts_on=starts_on)
        ParticipationFactory(cohort=cohort, group=group)
    client.force_login(leader)
    response = page(client, cohort)
    assert response.context["before"].meeting.group == groups[0]
    more = response.context["more_meetings"]
    assert [(meeting.group, meeting.name) for meeting in more] == [(group, "Träff om 10") for group in groups[1:]]
    assert f"?traff={more[0].key}" in response.text


def test_a_finished_omgang_asks_for_nothing(client, leader):
    cohort = CohortFactory(starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 1), mentor_model="by_theme")
    MeetingFactory(cohort=cohort, name="Lärandeträff 1", starts_on=date(2025, 5, 1))
    GroupMentorFactory(group__cohort=cohort)
    client.force_login(leader)
    response = page(client, cohort)
    html = text(response)
    assert "Omgången är avslutad." in html
    assert "Visa träffen som har varit" in html
    for nag in ("Påminn", "kvar att göra", "Att besluta", "saknas", "saknar"):
        assert nag not in html


def test_after_the_last_meeting_of_a_running_omgang(client, leader, cohort):
    MeetingFactory(cohort=cohort, name="Lärandeträff 3", starts_on=date(2026, 5, 1))
    client.force_login(leader)
    html = text(page(client, cohort))
    assert "Alla träffar är genomförda." in html
    assert "Det finns inga kommande träffar." in html


def test_what_waits_for_a_decision_stands_there_once(client, leader, cohort):
    cohort.mentor_model = "by_theme"
    cohort.save()
    MeetingFactory(cohort=cohort, name="Lärandeträff 2", theme="Styrning", starts_on=SOON)
    GroupFactory(cohort=cohort)
    client.force_login(leader)
    html = text(page(client, cohort))
    assert "Ett tema saknar mentor" in html
    assert "Ingen är mentor för Styrning." in html


def test_the_dates_are_a_list_with_what_a_meeting_lacks(client, leader, cohort):
    before(cohort, "in")
    Meeting.objects.update(form="physical", place="", starts_at=time(9))
    MeetingFactory(cohort=cohort, name="Förra träffen", starts_on=date(2026, 10, 1))
    MeetingFactory(cohort=cohort, name="Inställd träff", starts_on=SOON, cancelled_on=TODAY)
    client.force_login(leader)
    response = page(client, cohort)
    coming = [(entry.days, entry.name, entry.lacks) for entry in response.context["dates"].coming]
    assert coming == [
        ("Söndag 6 december 2026", "Sista dag att lämna in självskattningen inför Lärandeträff 2", ""),
        ("Söndag 13 december 2026", "Lärandeträff 2", "Plats saknas"),
    ]
    assert [entry.name for entry in response.context["dates"].past] == ["Förra träffen"]


def test_the_side_list_has_the_menus_pages_in_its_order(client, leader, cohort):
    """WCAG 3.2.3: where the links stand again, they stand in the same order."""
    client.force_login(leader)
    response = page(client, cohort)
    labels = [way.label for group in response.context["ways"] for way in group.ways]
    own, *pages = [entry.label for entry in menu.COHORT]
    assert own == "Omgången"
    assert [label for label in labels if label in pages] == pages
    assert 'class="compare-nav cohort-nav"' not in text(response)


def test_an_administrator_reads_no_figures_from_the_side_list(client, cohort):
    client.force_login(UserFactory(skr_role="administrator"))
    html = text(page(client, cohort))
    assert ("Omgångens siffror" in html, "Titeln" in html, "Gemensam rapport" in html) == (False, False, True)


def test_the_omgang_does_not_see_who_lacks_what(client, cohort):
    before(cohort, 6)
    client.force_login(DelegateFactory(participation__cohort=cohort).user)
    html = text(page(client, cohort))
    assert ("påbörjad" in html, "Påminn" in html, "saknas" in html) == (False, False, False)


def test_groups_with_mentors_those_that_left_and_through_whom(client, cohort):
    group = GroupFactory(cohort=cohort, name="Norra gruppen")
    ParticipationFactory(cohort=cohort, group=group, organisation__name="Aby kommun", through="Norra förbundet")
    left = {"status": Status.WITHDRAWN, "withdrawn_on": date(2026, 9, 3)}
    ParticipationFactory(cohort=cohort, group=group, organisation__name="Borta kommun", **left)
    ParticipationFactory(cohort=cohort, group=group, organisation__name="Okänd kommun", status=Status.WITHDRAWN)
    mentor = {"role": Role.SUPPORTING_MENTOR, "organisation__name": "Stödby kommun"}
    mentor = ParticipationFactory(cohort=cohort, **mentor)
    GroupMentorFactory(group=group, participation=mentor, supporting=True, theme="Styrning")
    client.force_login(EvaluatorFactory(cohort=cohort).user)
    html = text(page(client, cohort))
    for sentence in (
        "Tre organisationer deltar, varav två har lämnat omgången.",
        'Aby kommun <span class="soft">(genom Norra förbundet)</span>',
        "– lämnade 3 september 2026",
        "– lämnade omgången, dagen är inte registrerad",
        "Stödby kommun (stödjande, Styrning)",
    ):
        assert sentence in html
    assert "Personer" not in html


def test_an_empty_omgang_says_what_is_missing(client, leader, cohort):
    client.force_login(leader)
    html = text(page(client, cohort))
    assert "Inga deltagare är registrerade än." in html
    assert "Inga träffar är planerade än." in html


def test_an_example_says_so_and_provenance_is_folded(client, leader, cohort):
    client.force_login(leader)
    said = "Omgången är ett exempel."
    assert said in text(page(client, cohort))
    cohort.constructed, cohort.provenance = False, "SKR:s slutrapport."
    cohort.save()
    html = text(page(client, cohort))
    assert (said in html, "SKR:s slutrapport." in html) == (False, True)


def test_before_it_begins_skr_reads_what_is_left_to_set_up_and_the_omgang_does_not(client, leader):
    cohort = CohortFactory(name="Nästa omgång", starts_on=TODAY + timedelta(days=90), ends_on=date(2028, 6, 1))
    MeetingFactory(cohort=cohort, starts_on=TODAY + timedelta(days=90), name="Uppstart")
    client.force_login(leader)
    html = text(page(client, cohort))
    assert "saker är kvar att göra innan omgången börjar." in html
    assert "Klockslag saknas för en träff och länk saknas för en digital träff." in html
    assert "Fyll i tider och platser" in html
    assert "Första träffen är lördag 20 februari 2027: Uppstart." in html
    client.force_login(DelegateFactory(participation__cohort=cohort).user)
    html = text(page(client, cohort))
    assert ("kvar att göra" in html, "20 februari 2027: Uppstart." in html) == (False, True)


def test_the_admission_letter_is_left_until_it_is_sent_or_the_omgang_has_begun(cohort):
    def letter(starts_on):
        cohort.starts_on = starts_on
        return standing(cohort, [], 0, TODAY).lines[-1]

    assert (letter(TODAY).is_done, letter(TODAY + timedelta(days=1)).is_done) == (None, False)
    LetterIssue.objects.create(cohort=cohort, number=1, checksum="a", issued_on=date(2026, 11, 2))
    line = letter(TODAY + timedelta(days=1))
    assert (line.is_done, line.sentence) == (True, "Brevet skickades 2 november 2026.")


def test_to_skr_an_organisations_name_leads_to_its_place_in_the_omgang(client, leader, cohort):
    member = ParticipationFactory(cohort=cohort, group=GroupFactory(cohort=cohort))
    busy = GroupMentorFactory(group=member.group).participation
    idle = ParticipationFactory(cohort=cohort, role=Role.MENTOR)
    client.force_login(leader)
    html = text(page(client, cohort))
    places = [reverse("people:participation", args=[cohort.slug, row.code]) for row in (member, busy, idle)]
    assert [html.count(f'href="{place}"') for place in places] == [1, 1, 1]
    assert html.index("Mentorer utan grupp") < html.index(places[2])


@pytest.mark.parametrize(
    "name",
    [
        *("follow_up:readiness", "planning:setup", "planning:dates", "planning:timetable", "grouping:grouping"),
        *("mentoring:mentors", "follow_up:mail", "admission:letter", "overview:cohort"),
    ],
)
def test_on_every_page_of_an_omgang_the_menu_says_omgangar(client, leader, cohort, name):
    client.force_login(leader)
    html = text(client.get(reverse(name, args=[cohort.slug])))
    assert '<a href="/omgangar/" aria-current="true">Omgångar</a>' in html


@pytest.mark.parametrize("name", ["overview:map", "follow_up:skr_mail"])
def test_what_lies_outside_the_omgangars_addresses_belongs_to_them_too(client, leader, cohort, name):
    client.force_login(leader)
    html = text(client.get(reverse(name)))
    assert '<a href="/omgangar/" aria-current="true">Omgångar</a>' in html


def test_the_map_begins_with_the_newest_omgang_that_has_begun(client, leader, cohort):
    CohortFactory(name="Nästa omgång", starts_on=TODAY + timedelta(days=90), ends_on=date(2028, 6, 1))
    client.force_login(leader)
    assert client.get(reverse("overview:map")).context["chosen"] == cohort


def test_out_of_scope_is_not_found(client, cohort):
    client.force_login(DelegateFactory().user)
    assert page(client, cohort).status_code == 404


# What is due


@pytest.fixture
def strategist(cohort):
    return DelegateFactory(participation__cohort=cohort).user


def home(client, user):
    client.force_login(user)
    return client.get(reverse("home"))


def due_at(strategist, *, values=None, submitted=False, starts_on=SOON):
    participation = strategist.seats.get().participation
    meeting = MeetingFactory(cohort=participation.cohort, name="Lärandeträff 2", starts_on=starts_on)
    if values is not None or submitted:
        values = [1] * 10 if values is None else values
        AssessmentFactory(participation=participation, meeting=meeting, values=values, submitted=submitted)
    return meeting


@pytest.mark.parametrize(
    ("stored", "headline"),
    [
        ({}, "Det är dags att börja med självskattningen inför Lärandeträff 2."),
        ({"values": []}, "Inget av tio moment är skattat inför Lärandeträff 2."),
        ({"values": [2] * 6}, "Sex av tio moment är skattade inför Lärandeträff 2."),
        ({"values": [2] * 10}, "Alla moment är skattade. Lämna in inför Lärandeträff 2."),
        ({"submitted": True}, "Självskattningen inför Lärandeträff 2 är inlämnad."),
    ],
)
def test_one_lands_on_what_is_due(client, strategist, stored, headline):
    due_at(strategist, **stored)
    response = home(client, strategist)
    assert response.context["due"].headline == headline
    assert headline in text(response)


def test_before_it_opens_nobody_is_told_to_begin(client, strategist):
    meeting = due_at(strategist, starts_on=date(2027, 4, 20))
    Meeting.objects.filter(pk=meeting.pk).update(opens_before=28)
    response = home(client, strategist)
    assert response.context["due"].headline == "Självskattningen inför Lärandeträff 2 öppnar 23 mars 2027."
    place = strategist.seats.get().participation
    own = client.get(reverse("assessments:own", args=[place.cohort.slug, place.code]))
    for page in (text(response), text(own)):
        assert "Självskattningen inför Lärandeträff 2 öppnar 23 mars 2027" in page
        assert "Lämna in senast 13 april 2027" in page
        assert ("Börja med självskattningen" in page, "Börja skatta<" in page) == (False, False)
    assert "Öppnar 23 mars 2027" in text(response)
    start = reverse("assessments:start", args=[place.cohort.slug, place.code, meeting.key])
    assert "Öppnar 23 mars 2027" in text(own)
    assert start not in text(own)


def test_not_begun_is_a_button_that_begins(client, strategist):
    meeting = due_at(strategist)
    place = strategist.seats.get().participation
    html = text(home(client, strategist))
    assert f'action="{reverse("assessments:start", args=[place.cohort.slug, place.code, meeting.key])}"' in html
    assert "Lämna in senast 6 december 2026." in html


def test_late_is_told_without_blame(client, strategist):
    due_at(strategist, values=[2], starts_on=TODAY + timedelta(days=3))
    html = text(home(client, strategist))
    assert "Sista dag var 18 november 2026. Ni kan fortfarande lämna in." in html
    assert "Skulle ha lämnats 18 november 2026" in html


@pytest.mark.parametrize(("function", "may"), [(Function.STRATEGIST, True), (Function.CONTRIBUTOR, False)])
def test_only_the_strategist_hands_in(client, cohort, function, may):
    user = DelegateFactory(participation__cohort=cohort, function=function).user
    due_at(user, values=[2] * 10)
    html = text(home(client, user))
    assert (">Lämna in</a>" in html, "Er strateg lämnar in." in html) == (may, not may)


def test_nothing_is_due(client, strategist):
    html = text(home(client, strategist))
    assert "Ingen självskattning väntar just nu." in html
    assert "Inga fler träffar är planerade." in html


def test_a_meeting_without_self_assessment_asks_for_none(client, strategist, cohort):
    MeetingFactory(cohort=cohort, starts_on=SOON, kind=MeetingKind.DEEP_DIVE)
    response = home(client, strategist)
    assert response.context["due"] is None
    assert "Ingen självskattning väntar just nu." in text(response)


def test_a_meeting_that_is_called_off_asks_for_none_and_is_no_coming_one(client, strategist):
    meeting = due_at(strategist)
    meeting.cancelled_on = TODAY
    meeting.save()
    response = home(client, strategist)
    assert response.context["due"] is None
    assert response.context["meetings"] == []
    place = strategist.seats.get().participation
    for name in ("assessments:own", "overview:brief"):
        page = client.get(reverse(name, args=[place.cohort.slug, place.code]))
        assert meeting.name not in text(page), name


def test_what_the_page_tells_itself_is_not_told_again_among_the_tasks(client, strategist):
    due_at(strategist, values=[2])
    card = home(client, strategist).context["tasks"]
    titles = [line.task.title for line in card.lines]
    assert [title for title in titles if "Lägg till politiker och chef" in title]
    assert not [title for title in titles if "självskattningen inför" in title]
    assert "självskattningen inför" in text(
        client.get(reverse("follow_up:tasks"))
    )  # the page itself leaves nothing out


def test_a_mentor_lands_on_what_there_is_to_read(client, cohort):
    group = GroupFactory(cohort=cohort, name="Norra gruppen")
    old, new = (MeetingFactory(cohort=cohort, group=group, starts_on=date(2026, month, 1)) for month in (4, 10))
    meeting = MeetingFactory(cohort=cohort, group=group, starts_on=SOON, name="Tematräffen")
    mentorship = GroupMentorFactory(group=group, theme=meeting.theme)
    ready, waiting = ParticipationFactory.create_batch(2, cohort=cohort, group=group)
    AssessmentFactory(participation=ready, meeting=old, submitted=True)
    newest = AssessmentFactory(participation=ready, meeting=new, submitted=True)
    AssessmentFactory(participation=waiting, meeting=new, values=[2])

    response = home(client, DelegateFactory(participation=mentorship.participation).user)

    [mentored] = response.context["mentored"]
    assert mentored.meeting == meeting
    assert [(row.participation, row.assessment) for row in mentored.members] == [(ready, newest), (waiting, None)]
    html = text(response)
    assert "Ni är mentor med temat Ledning och styrning." in html
    assert "Ingen självskattning är inlämnad än." in html
    # One way in: what there is to read of each stands on the page it leads to.
    mentor = mentorship.participation
    assert html.count(reverse("mentoring:mentored", args=[cohort.slug, mentor.code, group.key])) == 1
    for member in (ready, waiting):
        assert member.organisation.name in html
        assert f"/{member.code}/" not in html


def test_a_mentor_without_a_group_is_told_so(client, cohort):
    user = DelegateFactory(participation__cohort=cohort, participation__role=Role.MENTOR).user
    assert "Ni är mentor, men har ingen grupp än." in text(home(client, user))


@pytest.mark.parametrize("mentoring", [True, False])
def test_home_stays_within_its_queries(client, cohort, mentoring, django_assert_max_num_queries):
    fill(cohort, groups=3)
    place = cohort.participations.filter(role=Role.MENTOR if mentoring else Role.PARTICIPANT).first()
    client.force_login(DelegateFactory(participation=place).user)
    with django_assert_max_num_queries(GATHERED):
        client.get(reverse("home"))


def test_others_are_sent_to_what_is_theirs(client, leader, cohort):
    seat = DelegateFactory(participation__cohort=cohort, function=Function.POLITICIAN)
    brief = reverse("overview:brief", args=[cohort.slug, seat.participation.code])
    landed = [home(client, user).url for user in (leader, EvaluatorFactory(cohort=cohort).user, seat.user)]
    assert landed == [reverse("overview:cohorts"), reverse("overview:cohorts"), brief]


# The trail


def test_an_organisation_reads_its_own_trail_and_skr_its_own(client, strategist, leader, cohort):
    place = strategist.seats.get().participation
    own = {"target": "Deras", "by": strategist, "organisation": place.organisation.code}
    audit.record(AssessmentEvent.SCORE_SAVED, **own, before="2.0", after="3.0")
    audit.record(ExchangeEvent.COHORT_IMPORTED, target="SKR:s", by=None)
    address = reverse("overview:trail", args=[cohort.slug, place.code])
    client.force_login(strategist)
    mine = client.get(address)
    client.force_login(leader)
    skrs = client.get(reverse("overview:skr_trail"))
    assert [[row["event"].target for row in response.context["rows"]] for response in (mine, skrs)] == [
        ["Deras"],
        ["SKR:s"],
    ]
    assert "från 2 till 3" in text(mine)
    assert client.get(address).status_code == 403
    client.force_login(strategist)
    assert client.get(reverse("overview:skr_trail")).status_code == 403


def test_the_trail_comes_fifty_at_a_time(client, leader):
    for number in range(51):
        audit.record(ExchangeEvent.COHORT_IMPORTED, target=f"Nummer {number}", by=None)
    client.force_login(leader)
    address = reverse("overview:skr_trail")
    pages = [client.get(address, {"sida": number}) for number in (1, 2, "x")]
    assert [len(response.context["rows"]) for response in pages] == [50, 1, 50]
    assert "Sida 1 av 2" in text(pages[0])
    assert "Nummer 0" in text(pages[1])


def test_an_empty_trail(client, leader):
    client.force_login(leader)
    assert "Inget har hänt än." in text(client.get(reverse("overview:skr_trail")))


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (AssessmentEvent.SCORE_SAVED, {"before": "2.0", "after": "3.0"}, "från 2 till 3"),
        (AssessmentEvent.SCORE_SAVED, {"before": None, "after": "1.5"}, "satte värdet 1,5"),
        (AssessmentEvent.SCORE_SAVED, {"before": "1.5", "after": None}, "tog bort värdet 1,5"),
        (
            AssessmentEvent.SCORE_SAVED,
            {"before": "2.0", "after": "3.0", "also": ["comment", "shared"]},
            "från 2 till 3; ändrade kommentaren och vem som läser kommentaren",
        ),
        (PeopleEvent.DELEGATE_ADDED, {"function": "politician", "deputy": True}, "politiker, ersättare"),
        (AssessmentEvent.AGGREGATES_OPENED, {"of_kind": "kommun", "n": 16}, "kommun, 16 svar"),
        (
            ChecklistEvent.WORDING_CHANGED,
            {"before": "Förut", "after": "Nu", "reason": "Klarspråk"},
            "från ”Förut” till ”Nu”; Klarspråk",
        ),
        (ReportEvent.REPORT_SECTION_SAVED, {"section": "purpose"}, "Syfte och mål"),
        (ImprovementEvent.EFFORT_SAVED, {"cohort": "Omgång 1"}, "Omgång 1"),
        (ExchangeEvent.COHORT_IMPORTED, {"created": True}, ""),
    ],
)
def test_an_events_data_in_words(kind, data, words):
    assert details(AuditEvent(kind=kind, data=data)) == words


# For everyone


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("about", ["Parti, politisk sida och hälsa sparas inte.", "Källa: SCB", "EUPL-1.2", "sessionid", "csrftoken"]),
        (
            "accessibility",
            ["delvis förenlig", "2018:1937", "digg.se/tdosanmalan", "12 §", "9 §", "29 november 2026"],
        ),
    ],
)
def test_pages_that_need_no_sign_in(client, name, says):
    html = text(client.get(reverse(f"overview:{name}")))
    assert [words for words in says if words not in html] == []


@pytest.mark.parametrize("name", ["overview:cohorts", "overview:skr_trail", "home"])
def test_the_rest_needs_one(client, name):
    assert client.get(reverse(name)).url.startswith("/logga-in/")


class TestTheWords:
    def test_anyone_reads_them_in_swedish_order(self, client):
        shown = [term.term for term in client.get(reverse("overview:words")).context["terms"]]
        assert shown == sorted(shown, key=swedish)
        assert {"moment", "PDSA", "CEMR-deklarationen", "n", "diarienummer"} <= set(shown)

    def test_each_word_is_explained_once_and_has_an_address(self):
        anchors = [term.anchor for term in terms()]
        assert len(set(anchors)) == len(anchors)
        assert all(term.means.endswith(".") for term in terms())
