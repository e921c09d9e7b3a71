"""Mentors: asked, answered, agreed, prepared and thanked; and an omgång without them lacks nothing."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from docx import Document

from accounts.enums import SkrRole
from cohorts.enums import CohortKind, Function, MentorModel, Role, Status
from cohorts.models import Organisation, Participation
from cohorts.roles import roles_of
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import digest
from mailings.models import Mail
from meetings.enums import MaterialKind
from meetings.kinds import MeetingKind
from meetings.whom import mentorships_of
from mentoring import actions
from mentoring.asking_order import by_will, rows_of
from mentoring.before_meeting import before_meeting
from mentoring.enums import MentorAnswer
from mentoring.load import NOT_MEANT, Estimate, estimate_for, load_of
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion
from mentoring.paper import paper_of
from mentoring.pool import NO_ANSWER, pool_of
from mentoring.task import task_of
from mentoring.thanks import thanks_content
from mentoring.views import pool
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CohortFactory,
    DelegateFactory,
    EffortFactory,
    GroupFactory,
    GroupMentorFactory,
    ImprovementFactory,
    IndicatorFactory,
    MeetingFactory,
    ParticipationFactory,
    ReportFactory,
    UserFactory,
    ValueFactory,
    frozen,
    share_by_theme,
)
from tests.pdf_checks import assert_accessible_pdf, pdf_pages, pdf_text
from tests.process_factories import (
    AgreementFactory,
    MaterialFactory,
    MentorAgreementFactory,
    MentorOfferFactory,
    PreparationFactory,
)

pytestmark = [
    pytest.mark.django_db,
    # WeasyPrint leaves its own colour profile to the garbage collector to close.
    pytest.mark.filterwarnings("ignore:unclosed file .*sRGB2014.icc:ResourceWarning"),
]

LEADERSHIP, IMPROVING = "Ledning och styrning", "Systematiskt förbättringsarbete"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def leader():
    return UserFactory(skr_role=SkrRole.PROCESS_LEADER, name="Lena Ledare")


@pytest.fixture
def former():
    """A strateg whose omgång is over."""
    cohort = CohortFactory(name="Omgången 2018", starts_on=date(2018, 2, 1), ends_on=date(2019, 8, 31))
    row = ParticipationFactory(cohort=cohort, status=Status.COMPLETED)
    return DelegateFactory(participation=row, user__name="Stina Strateg", starts_on=date(2018, 2, 1))


@pytest.fixture
def new(leader):
    return CohortFactory(name="Omgången 2027", ends_on=date(2028, 8, 31), contact=leader)


@pytest.fixture
def task():
    """A mentor with the theme Ledning och styrning in a group."""
    return GroupMentorFactory(theme=LEADERSHIP, group__cohort__mentor_model=MentorModel.BY_THEME)


def page(name, participation, *args):
    return reverse(name, args=[participation.cohort.slug, participation.code, *args])


def seated(participation, function=Function.STRATEGIST, **rest):
    return DelegateFactory(participation=participation, function=function, **rest).user


def unwrapped(text):
    """A mail's lines are broken to a width; its sentences are looked for whole."""
    return " ".join(text.split())


def kinds():
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


class TestLoad:
    def load(self, participation, own=None):
        tasks = mentorships_of([participation.pk])[participation.pk]
        return load_of(participation, tasks, participation.cohort.meetings.learning(), own)

    def test_a_theme_is_one_meeting(self, task):
        for number, theme in enumerate([LEADERSHIP, IMPROVING], 1):
            MeetingFactory(cohort=task.group.cohort, group=task.group, number=number, theme=theme)
        share_by_theme(task, LEADERSHIP)
        load = self.load(task.participation)
        assert [meeting.theme for meeting in load.meetings] == [LEADERSHIP]
        assert (load.n_groups, load.estimate.hours) == (1, 12)

    def test_a_joint_meeting_is_one_however_many_groups(self, task):
        second = GroupFactory(cohort=task.group.cohort)
        MeetingFactory(cohort=task.group.cohort, theme=LEADERSHIP)
        share_by_theme(task, LEADERSHIP)
        GroupMentorFactory(group=second, participation=task.participation, theme=LEADERSHIP)
        load = self.load(task.participation)
        assert (load.n_groups, len(load.meetings), load.estimate.hours) == (2, 1, 12)

    def test_each_groups_own_meeting_counts(self, task):
        second = GroupFactory(cohort=task.group.cohort)
        for group in (task.group, second):
            MeetingFactory(cohort=group.cohort, group=group, theme=LEADERSHIP)
        share_by_theme(task, LEADERSHIP)
        GroupMentorFactory(group=second, participation=task.participation, theme=LEADERSHIP)
        assert self.load(task.participation).estimate.hours == 24

    def test_without_a_theme_all_of_the_groups_meetings(self):
        task = GroupMentorFactory()
        for number in (1, 2, 3):
            MeetingFactory(cohort=task.group.cohort, number=number, theme=f"Tema {number}")
        MeetingFactory(cohort=task.group.cohort, group=GroupFactory(cohort=task.group.cohort))
        assert self.load(task.participation).estimate.hours == 36

    def test_cancelled_meetings_and_other_kinds_are_none(self):
        task = GroupMentorFactory()
        MeetingFactory(cohort=task.group.cohort, cancelled_on=TODAY)
        MeetingFactory(cohort=task.group.cohort, kind=MeetingKind.STRATEGIST_MEETING, key="s")
        assert self.load(task.participation).meetings == ()

    def test_a_theme_stands_for_one_meeting_until_it_has_a_day(self, task):
        assert self.load(task.participation).estimate.hours == 12

    def test_ones_own_estimate_goes_first(self, task):
        assert self.load(task.participation, own=40).estimate.hours == 40

    def test_full_when_as_many_groups_as_it_can_take(self, task):
        assert not self.load(task.participation).is_full
        task.participation.capacity = 1
        assert self.load(task.participation).is_full

    @pytest.mark.parametrize(
        ("model", "hours"), [(MentorModel.PER_GROUP, 36), (MentorModel.BY_THEME, 12), (MentorModel.NONE, 12)]
    )
    def test_what_one_who_is_asked_is_told(self, model, hours):
        cohort = CohortFactory(mentor_model=model)
        MeetingFactory(cohort=cohort)
        for group in (GroupFactory(cohort=cohort), GroupFactory(cohort=cohort)):
            for _ in range(2):
                MeetingFactory(cohort=cohort, group=group)
        assert estimate_for(cohort, list(cohort.meetings.learning())).hours == hours

    def test_in_words(self):
        assert Estimate(1, 12).words == "En lärandeträff, ungefär tolv timmar med förberedelser och resor."
        assert Estimate(0, 12).words.startswith("Tolv timmar för varje lärandeträff")


class TestAnswer:
    def post(self, client, delegate, **posted):
        client.force_login(delegate.user)
        return client.post(page("mentoring:mentor", delegate.participation), posted)

    def seen(self, client, delegate):
        client.force_login(delegate.user)
        return client.get(page("mentoring:mentor", delegate.participation)).context["form"]["seen"].value()

    def test_after_the_omgangs_end_and_changed_later(self, client, former):
        given = {"answer": "yes", "tells_about": "Budget"}
        assert self.post(client, former, seen=self.seen(client, former), **given).status_code == 302
        changed = {"answer": "no", "tells_about": ""}
        answer = client.post(
            page("mentoring:mentor", former.participation), {**changed, "seen": self.seen(client, former)}, follow=True
        )
        offer = MentorOffer.objects.get()
        assert (offer.answer, offer.tells_about, offer.said_on, offer.said_by) == ("no", "", TODAY, former.user)
        assert "Tack för att ni svarade. Ett nej är också till hjälp" in answer.text
        assert kinds() == ["mentor_answered", "mentor_answered"]

    def test_a_double_click_is_one_answer(self, client, former):
        seen = self.seen(client, former)
        for _ in range(2):
            self.post(client, former, answer="maybe", tells_about="", seen=seen)
        assert kinds() == ["mentor_answered"]

    def test_not_before_a_year(self, former):
        actions.answer_mentor(
            participation=former.participation,
            answer=MentorAnswer.LATER,
            tells_about="",
            seen=digest(actions.NO_ANSWER),
            by=former.user,
        )
        assert MentorOffer.objects.get().not_before == date(2027, 11, 22)

    def test_the_same_on_a_later_day_confirms_it(self, client, former):
        MentorOfferFactory(participation=former.participation, answer="yes", said_on=date(2025, 1, 1))
        self.post(client, former, answer="yes", tells_about="", seen="")
        assert MentorOffer.objects.get().said_on == TODAY

    def test_nobodys_words_are_lost(self, client, former):
        seen = self.seen(client, former)
        self.post(client, former, answer="yes", tells_about="Budget", seen=seen)
        late = self.post(client, former, answer="no", tells_about="Vi hinner inte.", seen=seen)
        assert late.status_code == 422
        assert "Vi hinner inte." in late.text
        assert "Budget" in late.text
        assert MentorOffer.objects.get().answer == "yes"

    def test_a_refused_form_keeps_what_was_typed(self, client, former):
        answer = self.post(client, former, tells_about="Budget i tre steg")
        assert answer.status_code == 422
        assert "Budget i tre steg" in answer.text
        assert "Välj ett svar." in answer.text

    @pytest.mark.parametrize("function", [Function.POLITICIAN, Function.MANAGER, Function.CONTRIBUTOR])
    def test_the_others_read(self, client, former, function):
        MentorOfferFactory(participation=former.participation, tells_about="Budget")
        client.force_login(seated(former.participation, function))
        answer = client.get(page("mentoring:mentor", former.participation))
        assert "Berättar gärna om: Budget" in answer.text
        assert "<textarea" not in answer.text
        assert client.post(page("mentoring:mentor", former.participation), {"answer": "no"}).status_code == 403

    def test_it_tells_what_it_is_not(self, client, former):
        client.force_login(former.user)
        answer = client.get(page("mentoring:mentor", former.participation))
        left_out = answer.text.partition("Det här ingår inte")[2]
        assert "Ansvar för andras resultat." in left_out
        assert "Att skriva dagordningar." in left_out
        assert "Mentorskapet håller frågan levande hemma" in answer.text
        assert len(answer.context["expectations"]) == 5


class TestAsking:
    def ask(self, cohort, participation, leader, message=""):
        return actions.ask_mentor(
            cohort=cohort, participation=participation, message=message, estimate=Estimate(1, 12), by=leader
        )

    def test_the_strategists_get_a_mail_once_a_day(
        self, client, former, new, leader, django_capture_on_commit_callbacks
    ):
        seated(former.participation, Function.POLITICIAN)
        client.force_login(leader)
        url = reverse("mentoring:mentor_ask", args=[new.slug, former.participation.code])
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                assert client.post(url, {"message": "Ni är bra på budget."}).status_code == 302
        [sent] = mail.outbox
        assert sent.to == [former.user.email]
        assert sent.reply_to == [leader.email]
        assert sent.subject == f"Vill {former.participation} vara mentor i Omgången 2027?"
        for words in (
            "Ni är bra på budget.",
            "Tolv timmar för varje lärandeträff",
            page("mentoring:mentor", former.participation),
        ):
            assert words in unwrapped(sent.body)
        assert f"Du får mejlet för att du är strateg för {former.participation}." in unwrapped(sent.body)
        assert kinds() == ["mentor_asked"]

    def test_another_day_asks_again(self, former, new, leader):
        self.ask(new, former.participation, leader)
        with time_machine.travel(date(2026, 12, 1)):
            self.ask(new, former.participation, leader)
        assert MentorQuestion.objects.get().asked_on == date(2026, 12, 1)
        assert Mail.objects.count() == 2

    def test_nobody_to_answer(self, client, former, new, leader):
        former.delete()
        client.force_login(leader)
        url = reverse("mentoring:mentor_ask", args=[new.slug, former.participation.code])
        assert "Lägg till en person" in client.get(url).text
        answer = client.post(url, {"message": "Kom med!"})
        assert answer.status_code == 422
        assert "Kom med!" in answer.text
        assert not MentorQuestion.objects.exists()

    def test_an_ended_omgang_asks_nobody(self, former, leader):
        with pytest.raises(ActionRefused, match="är slut"):
            self.ask(CohortFactory(ends_on=date(2026, 3, 1)), former.participation, leader)

    def test_a_participant_is_not_asked_for_its_own_omgang(self, client, former, new, leader):
        ParticipationFactory(cohort=new, organisation=former.participation.organisation)
        client.force_login(leader)
        url = reverse("mentoring:mentor_ask", args=[new.slug, former.participation.code])
        assert client.get(url).status_code == 404
        with pytest.raises(ActionRefused, match="deltar själv"):
            self.ask(new, former.participation, leader)

    def test_the_page_tells_what_one_is_asked_for(self, client, former, new, leader):
        self.ask(new, former.participation, leader)
        client.force_login(former.user)
        assert (
            "om ni vill vara mentor i Omgången 2027" in client.get(page("mentoring:mentor", former.participation)).text
        )

    def test_who_asked_is_told_of_the_answer_once(self, former, new, leader):
        self.ask(new, former.participation, leader)
        for _ in range(2):
            actions.answer_mentor(
                participation=former.participation,
                answer="yes",
                tells_about="Budget",
                seen=digest(actions.NO_ANSWER),
                by=former.user,
            )
        message = Mail.objects.get(kind="mentor_answer")
        assert (message.recipient, message.path) == (leader, reverse("mentoring:mentors", args=[new.slug]))
        assert "Budget" in message.text


class TestAdding:
    def test_with_its_people_and_once(self, client, former, new, leader):
        seated(former.participation, Function.MANAGER, user__name="Maja Chef")
        seated(former.participation, Function.POLITICIAN, ends_on=date(2026, 1, 1))
        client.force_login(leader)
        url = reverse("mentoring:mentor_add", args=[new.slug, former.participation.code])
        for _ in range(2):
            assert client.post(url, {"role": "supporting_mentor", "with_people": "on"}).status_code == 302
        mentor = new.participations.get()
        assert (mentor.role, mentor.organisation) == (Role.SUPPORTING_MENTOR, former.participation.organisation)
        assert {seat.user.name for seat in mentor.delegates.all()} == {"Stina Strateg", "Maja Chef"}
        message = Mail.objects.get(kind="mentor_added")
        assert message.recipient == former.user
        assert "är nu stödjande mentor i Omgången 2027" in unwrapped(message.text)
        assert kinds().count("mentor_added") == 1

    def test_without_its_people(self, former, new, leader):
        actions.add_mentor(cohort=new, source=former.participation, role=Role.MENTOR, with_people=False, by=leader)
        assert not new.participations.get().delegates.exists()

    def test_an_omgang_without_mentors_takes_none(self, former, leader):
        cohort = CohortFactory(mentor_model=MentorModel.NONE)
        with pytest.raises(ActionRefused, match="utan mentorer"):
            actions.add_mentor(
                cohort=cohort, source=former.participation, role=Role.MENTOR, with_people=True, by=leader
            )


class TestAgreement:
    def post(self, client, task, user, **posted):
        client.force_login(user)
        url = page("mentoring:mentor_agreement", task.participation)
        got = client.get(url)
        if got.status_code != 200:
            return got
        return client.post(url, {"seen": got.context["form"]["seen"].value(), **posted})

    @pytest.mark.parametrize("function", [Function.STRATEGIST, Function.POLITICIAN, Function.MANAGER])
    def test_yes_with_ones_own_estimate(self, client, task, function):
        user = seated(task.participation, function)
        assert self.post(client, task, user, hours="30", capacity="2", note="Gärna budget.").status_code == 302
        agreed = MentorAgreement.objects.get()
        assert (agreed.hours, agreed.note, agreed.agreed_on, agreed.agreed_by) == (30, "Gärna budget.", TODAY, user)
        assert Participation.objects.get(pk=task.participation_id).capacity == 2
        assert "Ni sade ja 22 november 2026" in client.get(page("mentoring:mentor", task.participation)).text
        assert kinds() == ["mentor_agreed"]

    def test_not_by_one_who_takes_part_in_the_work_only(self, client, task):
        assert self.post(client, task, seated(task.participation, Function.CONTRIBUTOR)).status_code == 403

    def test_not_by_a_participant(self, client, former):
        client.force_login(former.user)
        assert client.get(page("mentoring:mentor_agreement", former.participation)).status_code == 403

    def test_not_when_the_omgang_is_over(self, client, task):
        type(task.group.cohort).objects.update(ends_on=date(2026, 3, 1))
        assert self.post(client, task, seated(task.participation)).status_code == 403

    def test_the_first_day_stays_when_it_is_changed(self, client, task):
        MentorAgreementFactory(participation=task.participation, agreed_on=date(2026, 3, 1))
        self.post(client, task, seated(task.participation), hours="20", note="")
        agreed = MentorAgreement.objects.get()
        assert (agreed.hours, agreed.agreed_on) == (20, date(2026, 3, 1))

    def test_nobodys_words_are_lost(self, client, task):
        user = seated(task.participation)
        MentorAgreementFactory(participation=task.participation, note="Skrivet av en annan.")
        answer = self.post(client, task, user, seen="gammal", note="Skrivet av mig.")
        assert answer.status_code == 422
        assert "Skrivet av mig." in answer.text
        assert "Skrivet av en annan." in answer.text

    @pytest.mark.parametrize("hours", ["0", "501", "många"])
    def test_hours_that_are_none(self, client, task, hours):
        answer = self.post(client, task, seated(task.participation), hours=hours, note="Kvar")
        assert answer.status_code == 422
        assert "Kvar" in answer.text
        assert not MentorAgreement.objects.exists()


class TestPaper:
    HEADINGS = (
        "Förslag till beslut",
        "Yttrande till beslutsförslaget",
        "Sammanfattning",
        "Ärendet",
        "Bakgrund",
        "Syfte med mentor",
        "Värdet för mentorn",
        "Så går det till",
        "Beslutsförslagets påverkan avseende jämställdhet",
        "Bilagor",
        "Protokollsutdrag skickas till",
    )

    def fetched(self, client, participation):
        answer = client.get(page("mentoring:mentor_paper", participation))
        assert answer.status_code == 200
        document = Document(BytesIO(answer.content))
        return document, "\n".join(each.text for each in document.paragraphs)

    def test_the_headings_of_a_tjansteskrivelse_in_order(self, client, task):
        client.force_login(seated(task.participation))
        document, text = self.fetched(client, task.participation)
        headings = [each.text for each in document.paragraphs if each.style.name.startswith("Heading")]
        assert headings == [f"{task.participation} som mentor i {task.group.cohort}", *self.HEADINGS]
        assert "beräknas ta 12 timmar" in text
        assert "verktyget Modells uppskattning, 12 timmar för varje lärandeträff" in text
        assert "Konferenserna och de andra träffarna tillkommer" in text
        assert len(text) < 3200, "It is meant for one page."
        own_voice = re.sub(r"\[.*?\]", "", text)
        assert not re.search(r"\b(ni|er|era)\b", own_voice, re.IGNORECASE), "The organisation speaks for itself."

    def test_about_the_omgang_one_is_asked_for(self, client, former, new, leader):
        MeetingFactory(cohort=new)
        TestAsking().ask(new, former.participation, leader)
        client.force_login(former.user)
        _, text = self.fetched(client, former.participation)
        assert f"beslutar att {former.participation} deltar som mentor i Omgången 2027" in text
        assert "Vi har deltagit i Omgången 2018, 1 februari 2018 – 31 augusti 2019." in text

    def text_of(self, participation, today=TODAY):
        return paper_of(task_of(participation, today), today).text

    def test_what_is_left_out_is_told_as_left_out(self, task):
        text = self.text_of(task.participation)
        left_out = text.partition("I uppdraget ingår inte:\n")[2].splitlines()
        assert left_out[:3] == [*NOT_MEANT]
        assert not [line for line in NOT_MEANT if line.startswith(("Ing", "Inte"))], "none says no once more"
        assert "I uppdraget ingår:" not in text

    def test_the_undertaking_is_as_wide_as_the_programme_says(self, task):
        text = self.text_of(task.participation)
        assert "Strategerna är med på samtliga träffar" in text
        assert "Vara med på uppstartskonferensen, lärandeträffarna och resultatkonferensen." in text

    def test_ones_own_figure_is_called_that(self, task):
        MentorAgreementFactory(participation=task.participation, hours=20)
        text = self.text_of(task.participation)
        assert "Uppdraget beräknas ta 20 timmar, enligt vår egen uppskattning." in text
        assert "verktyget" not in text

    @pytest.mark.parametrize(
        ("kind", "board"),
        [
            ("kommun", "Kommunstyrelsen"),
            ("region", "Regionstyrelsen"),
            ("association", "[Förbundsdirektionen eller förbundsstyrelsen]"),
            ("district", "Stadsdelsnämnden"),
            ("administration", "[Nämnden]"),
        ],
    )
    def test_the_board_is_that_of_the_kind(self, task, kind, board):
        organisation = task.participation.organisation
        organisation.kind = kind
        organisation.save()
        assert f"{board} beslutar att {organisation} deltar" in self.text_of(task.participation)

    def test_gotland_as_a_kommun_has_a_regionstyrelse(self, new):
        gotland = Organisation.objects.get(code="09")
        mentor = ParticipationFactory(cohort=new, organisation=gotland, code="0980", role=Role.MENTOR)
        assert "Regionstyrelsen beslutar att Region Gotland" in self.text_of(mentor)

    def test_without_a_question_it_is_about_the_next_that_is_open(self, former, new):
        later = {"starts_on": date(2027, 2, 1), "ends_on": date(2028, 8, 31)}
        CohortFactory(name="Hemlig", interest_opens_on=TODAY + timedelta(days=1), **later)
        CohortFactory(name="Utan mentorer", interest_opens_on=TODAY, mentor_model=MentorModel.NONE, **later)
        CohortFactory(name="Bara regioner", interest_opens_on=TODAY, kind=CohortKind.REGIONER, **later)
        text = self.text_of(former.participation)
        assert "deltar som mentor i nästa omgång av Modellkommuner och Modellregioner, [vilken och när]." in text
        assert "Omgången 2018" not in text.partition("Yttrande")[0], "never the one that is over"
        CohortFactory(name="Modellkommuner 2027", interest_opens_on=TODAY, **later)
        text = self.text_of(former.participation)
        assert "deltar som mentor i Modellkommuner 2027, 1 februari 2027 – 31 augusti 2028." in text
        assert "Vi har deltagit i Omgången 2018" in text

    def test_a_mentor_of_one_that_is_over_is_asked_for_the_next(self, task):
        cohort = task.group.cohort
        text = self.text_of(task.participation, cohort.ends_on)
        assert f"deltar som mentor i {cohort}, " in text
        text = self.text_of(task.participation, cohort.ends_on + timedelta(days=1))
        assert "deltar som mentor i nästa omgång" in text

    def test_it_tells_what_the_own_omgang_gave(self, former):
        own = former.participation
        for number, value in enumerate((1, 2), start=1):
            meeting = MeetingFactory(cohort=own.cohort, number=number, starts_on=date(2018, number, 20))
            AssessmentFactory(participation=own, meeting=meeting, values=[value] * 10, submitted=True)
        indicator = IndicatorFactory(participation=own, title="Väntetid", shared=True)
        for period, women in (("2024", 60), ("2025", 50)):
            few = {"women_denominator": 90, "men_denominator": 90}
            ValueFactory(indicator=indicator, period=period, women=women, men=42, **few)
        frozen(ReportFactory(participation=own))
        text = self.text_of(own)
        assert "Tio av tio moment har gått framåt" in text
        assert "[Vad det gav oss" not in text
        assert "Väntetid. Skillnaden har minskat sedan 2024, för att kvinnorna ligger bättre till." in text
        assert f"Resultatrapport – {own}, utgåva 1, inlämnad 22 november 2026" in text

    def test_a_mentor_tells_of_the_omgang_it_took_part_in(self, task, former):
        own = former.participation
        meeting = MeetingFactory(cohort=own.cohort, number=1, starts_on=date(2018, 3, 1))
        AssessmentFactory(participation=own, meeting=meeting, values=[2] * 10, submitted=True)
        mentor = ParticipationFactory(organisation=own.organisation, role=Role.MENTOR)
        assert "Självskattningen är gjord en gång, 20 september 2026." in self.text_of(mentor)

    def test_no_standard_phrase_about_gender_equality(self, task):
        text = self.text_of(task.participation)
        assert "positivt" not in text
        assert "[Vad mentorskapet väntas ge kvinnor och män, flickor och pojkar" in text

    def test_its_page_says_what_has_changed_since_it_was_made(self, client, task):
        client.force_login(seated(task.participation))
        client.post(page("mentoring:mentor_board_paper_make", task.participation))
        address = page("mentoring:mentor_board_paper", task.participation)
        assert "Underlaget är detsamma som då." in client.get(address).text
        MentorAgreementFactory(participation=task.participation, hours=20)
        assert "Timmarna har ändrats." in client.get(address).text

    def test_skr_reads_it_and_not_what_the_organisation_has_made(self, client, task, leader):
        client.force_login(seated(task.participation))
        client.post(page("mentoring:mentor_board_paper_make", task.participation))
        client.force_login(leader)
        assert "Pappret gjordes" not in client.get(page("mentoring:mentor_board_paper", task.participation)).text

    def test_the_register_tells_what_a_mentor_has_been_through(self, task, former):
        task.participation.organisation = former.participation.organisation
        task.participation.save()
        assert "Vi har deltagit i Omgången 2018" in self.text_of(task.participation)
        former.participation.status = Status.WITHDRAWN
        former.participation.save()
        assert "[När ni själva gick igenom programmet" in self.text_of(task.participation)

    def test_one_that_takes_part_now_says_so(self):
        running = ParticipationFactory(cohort__name="Pågående", cohort__ends_on=TODAY)
        assert "Vi deltar i Pågående" in self.text_of(running)
        assert "Vi har deltagit i Pågående" in self.text_of(running, TODAY + timedelta(days=1))


class TestPool:
    def only(self, cohort):
        [candidate] = pool_of(cohort, TODAY).candidates
        return candidate

    def test_what_is_said_goes_before_what_the_report_says(self, former, new):
        former.participation.mentor_next = "no"
        former.participation.save()
        assert self.only(new).answer.value == "no"
        MentorOfferFactory(participation=former.participation, answer="maybe", said_on=date(2019, 1, 1))
        answer = self.only(new).answer
        assert (answer.value, answer.source) == ("maybe", "svarade 1 januari 2019")

    def test_of_two_omgangar_the_newest_answer(self, former, new):
        MentorOfferFactory(participation=former.participation, answer="yes", said_on=date(2026, 5, 1))
        organisation = former.participation.organisation
        ended = {"cohort__starts_on": date(2024, 1, 1), "organisation": organisation, "mentor_next": "no"}
        ParticipationFactory(cohort__ends_on=date(2025, 1, 1), **ended)
        assert self.only(new).answer.value == "yes"
        ParticipationFactory(cohort__ends_on=date(2026, 9, 1), **ended)
        assert self.only(new).answer.value == "no"

    def test_who_has_not_answered_is_there_too(self, former, new):
        assert self.only(new).answer.value == NO_ANSWER

    def test_not_those_who_left_nor_those_of_another_world(self, new):
        ParticipationFactory(status=Status.WITHDRAWN)
        ParticipationFactory(cohort__constructed=False)
        ParticipationFactory(cohort__starts_on=date(2027, 1, 1))
        assert pool_of(new, TODAY).candidates == ()

    def test_one_answers_where_a_strategist_is(self, former, new):
        ParticipationFactory(cohort__starts_on=date(2024, 1, 1), organisation=former.participation.organisation)
        candidate = self.only(new)
        assert candidate.participation == former.participation
        assert len(candidate.rounds) == 2

    def test_its_load_in_omgangar_that_run(self, former, new, task):
        task.participation.organisation = former.participation.organisation
        task.participation.save()
        candidate = self.only(new)
        assert (candidate.n_groups, candidate.n_meetings, candidate.hours) == (1, 1, 12)
        MentorAgreementFactory(participation=task.participation, hours=50)
        assert self.only(new).hours == 50
        type(new).objects.filter(pk=task.group.cohort_id).update(ends_on=date(2026, 11, 1))
        assert self.only(new).hours == 0

    def test_moments_by_consent_alone(self, former, new):
        assessment = AssessmentFactory(participation=former.participation, submitted=True, values=[3] * 10)
        assert self.only(new).items == ()
        assessment.scores.filter(item__number=4).update(glad_to_tell=True)
        assert self.only(new).items == (assessment.items[3].short,)
        type(assessment).objects.update(state="draft", submitted_on=None)
        assert self.only(new).items == ()

    def test_narrowed_by_answer_and_by_what_they_tell(self, client, new, leader):
        for answer, about in (("yes", "Budget"), ("yes", "Statistik"), ("no", "Budget")):
            MentorOfferFactory(answer=answer, tells_about=about)
        client.force_login(leader)
        shown = client.get(reverse("mentoring:mentors", args=[new.slug]), {"svar": "yes", "om": "budget"})
        [candidate] = shown.context["page"]
        assert (candidate.answer.value, candidate.answer.tells_about) == ("yes", "Budget")

    def test_the_answer_decides_who_stands_open_and_how_one_asks(self, client, former, new, leader):
        given = {"yes": ("primary", "Fråga"), "maybe": ("secondary", "Fråga"), "later": ("tertiary", "Fråga ändå")}
        for answer in given:
            MentorOfferFactory(answer=answer, not_before=date(2026, 11, 23) if answer == "later" else None)
        MentorOfferFactory(answer="no")
        willing = by_will(pool_of(new, TODAY).candidates, TODAY)
        assert [row.candidate.answer.value for row in willing.first] == ["yes", "maybe"]
        assert [summary for summary, _ in willing.rest] == ["En har inte svarat", "Två vill inte nu"]
        rows = rows_of(pool_of(new, TODAY).candidates, TODAY)
        buttons = {row.candidate.answer.value: (row.variant, row.asks) for row in rows}
        assert buttons == given | {NO_ANSWER: ("secondary", "Fråga"), "no": ("tertiary", "Fråga ändå")}
        client.force_login(leader)
        url = reverse("mentoring:mentors", args=[new.slug])
        assert client.get(url).text.count("<details") == 2
        narrowed = client.get(url, {"svar": "no"}).text
        assert "Fråga ändå" in narrowed
        assert "<details" not in narrowed

    def test_many_are_paged_unfolded_in_the_same_order_and_counted_whole(self, client, new, leader, monkeypatch):
        answers = ("yes", "maybe", "no")
        for answer in answers:
            MentorOfferFactory(answer=answer)
        client.force_login(leader)
        url = reverse("mentoring:mentors", args=[new.slug])
        assert "Sida 1" not in client.get(url).text
        monkeypatch.setattr(pool, "PER_PAGE", 1)
        pages = [client.get(url, {"sida": number}) for number in (1, 2, 3, 9)]
        shown = [row.candidate.answer.value for page in pages for row in page.context["rows"]]
        assert shown == [*answers, "no"]
        assert all("Alla: tre" in page.text and "<details" not in page.text for page in pages)
        MentorOfferFactory(answer="no")
        assert 'href="?svar=no&amp;sida=2#kan-bli-mentor"' in client.get(url, {"svar": "no"}).text

    def test_the_mentors_of_the_omgang_have_pages_of_their_own(self, client, task, leader, monkeypatch):
        other = ParticipationFactory(cohort=task.group.cohort, role=Role.MENTOR)
        monkeypatch.setattr(pool, "PER_PAGE", 1)
        client.force_login(leader)
        pages = [
            client.get(reverse("mentoring:mentors", args=[other.cohort.slug]), {"mentorer": number})
            for number in (1, 2)
        ]
        shown = [mentor.participation for page in pages for mentor in page.context["mentors"]]
        assert sorted(row.pk for row in shown) == sorted((task.participation_id, other.pk))
        assert all("Två organisationer är mentorer." in page.text for page in pages)

    def test_a_year_that_has_passed_may_be_asked_again(self, client, new, leader):
        offer = MentorOfferFactory(answer="later", not_before=date(2026, 11, 22))
        client.force_login(leader)
        url = reverse("mentoring:mentors", args=[new.slug])
        assert "Året har gått, så du kan fråga igen" in client.get(url).text
        assert "<details" not in client.get(url).text
        type(offer).objects.update(not_before=date(2026, 11, 23))
        assert "Fråga inte före 23 november 2026" in client.get(url).text

    def test_who_has_said_yes_to_the_task(self, client, task, leader):
        client.force_login(leader)
        url = reverse("mentoring:mentors", args=[task.group.cohort.slug])
        assert "Inte än" in client.get(url).text
        MentorAgreementFactory(participation=task.participation)
        assert "Ja, 1 mars" in client.get(url).text

    def test_a_mentor_of_the_omgang_with_its_load_elsewhere(self, client, task, leader):
        other = GroupMentorFactory(participation__organisation=task.participation.organisation)
        MeetingFactory(cohort=other.group.cohort)
        [mentor] = pool_of(task.group.cohort, TODAY).mentors
        assert (mentor.load.estimate.hours, mentor.hours_elsewhere) == (12, 12)
        client.force_login(leader)
        text = client.get(reverse("mentoring:mentors", args=[task.group.cohort.slug])).text
        assert "och 12 i annan omgång" in text


class TestWithoutMentors:
    """On equal terms: nothing says that something is missing."""

    @pytest.fixture
    def cohort(self):
        group = GroupFactory(cohort__mentor_model=MentorModel.NONE)
        ParticipationFactory(cohort=group.cohort, group=group)
        return group.cohort

    def test_the_omgangs_page(self, client, cohort, leader):
        client.force_login(leader)
        text = client.get(cohort.get_absolute_url()).text
        assert "Ingen mentor är utsedd" not in text
        type(cohort).objects.update(mentor_model=MentorModel.PER_GROUP)
        assert "Ingen mentor är utsedd än." in client.get(cohort.get_absolute_url()).text

    def test_the_mentors_page(self, client, cohort, former, leader):
        client.force_login(leader)
        text = client.get(reverse("mentoring:mentors", args=[cohort.slug])).text
        assert "Omgången går utan mentorer." in text
        assert former.participation.organisation.name in text
        assert reverse("mentoring:mentor_add", args=[cohort.slug, former.participation.code]) not in text


class TestBefore:
    @pytest.fixture
    def mentor(self, task):
        return seated(task.participation)

    @pytest.fixture
    def member(self, task):
        return ParticipationFactory(cohort=task.group.cohort, group=task.group)

    def meetings(self, task):
        meetings = [
            MeetingFactory(cohort=task.group.cohort, group=task.group, number=number, starts_on=day, theme=theme)
            for number, day, theme in (
                (1, date(2026, 10, 1), IMPROVING),
                (2, date(2026, 12, 1), IMPROVING),
                (3, date(2027, 2, 1), LEADERSHIP),
            )
        ]
        share_by_theme(task, LEADERSHIP)
        return meetings

    def before(self, task, mentor):
        return before_meeting(task, roles_of(mentor), TODAY)

    def test_the_next_meeting_is_the_one_with_the_mentors_theme(self, task, mentor):
        first, _, third = self.meetings(task)
        preparation = self.before(task, mentor)
        assert (preparation.meeting, preparation.last) == (third, first)

    def test_a_joint_meeting_is_for_every_group_of_the_theme(self, task, mentor):
        joint = MeetingFactory(cohort=task.group.cohort, starts_on=date(2027, 1, 1), theme=LEADERSHIP)
        MeetingFactory(cohort=task.group.cohort, group=GroupFactory(cohort=task.group.cohort), theme=LEADERSHIP)
        share_by_theme(task, LEADERSHIP)
        assert self.before(task, mentor).meeting == joint

    def test_what_is_new_and_what_is_told(self, task, mentor, member):
        first, _, third = self.meetings(task)
        AssessmentFactory(participation=member, meeting=first, submitted=True, values=[1] * 10)
        [row] = self.before(task, mentor).members
        assert (row.assessment.meeting, row.is_new, len(row.low)) == (first, False, 10)
        newer = AssessmentFactory(participation=member, meeting=third, submitted=True, values=[3, 1, 2, *[3] * 7])
        newer.scores.filter(item__number=1).update(glad_to_tell=True)
        MaterialFactory(meeting=third, participation=member, kind=MaterialKind.PRESENTATION)
        [row] = self.before(task, mentor).members
        assert (row.assessment, row.is_new, row.has_presentation) == (newer, True, True)
        assert [item.number for item in row.glad] == [1]
        assert [item.number for item in row.low] == [2]

    def test_nothing_is_low_on_the_highest_step(self, task, mentor, member):
        [first, *_] = self.meetings(task)
        AssessmentFactory(participation=member, meeting=first, submitted=True, values=[3] * 10)
        [row] = self.before(task, mentor).members
        assert row.low == ()

    def test_nothing_that_is_not_shared(self, client, task, mentor, member):
        first, _, third = self.meetings(task)
        AssessmentFactory(participation=member, meeting=third, values=[1] * 10)
        ImprovementFactory(participation=member, title="Hemligt förbättringsarbete")
        EffortFactory(participation=member, shared=True)
        other = ParticipationFactory(cohort=task.group.cohort, group=GroupFactory(cohort=task.group.cohort))
        AgreementFactory(meeting=first, text="Gruppens eget")
        joint = MeetingFactory(cohort=task.group.cohort, starts_on=date(2026, 11, 2), theme=LEADERSHIP)
        AgreementFactory(meeting=joint, participation=other, text="En annan grupps sak")
        AgreementFactory(meeting=joint, participation=member, text="Ta upp i styrelsen")
        AgreementFactory(meeting=joint, text="Alla läser rapporten")
        [row] = self.before(task, mentor).members
        assert (row.assessment, row.work.improvements, len(row.work.efforts)) == (None, (), 1)
        client.force_login(mentor)
        text = client.get(page("mentoring:mentored", task.participation, task.group.key)).text
        assert "Ta upp i styrelsen" in text
        assert "Alla läser rapporten" in text
        for hidden in ("En annan grupps sak", "Hemligt", other.organisation.name):
            assert hidden not in text

    def test_one_who_has_left_is_not_there(self, task, mentor, member):
        member.status = Status.WITHDRAWN
        member.save()
        assert self.before(task, mentor).members == ()

    def test_the_participants_preparations_are_not_the_mentors(self, client, task, mentor):
        PreparationFactory(meeting=self.meetings(task)[2], text="Gör er presentation")
        client.force_login(mentor)
        text = client.get(page("mentoring:mentored", task.participation, task.group.key)).text
        assert "Gör er presentation" not in text
        assert "Läs det gruppen har lämnat in. Räkna med tio minuter." in text

    def test_another_mentors_group_is_not_found(self, client, task, mentor):
        elsewhere = GroupMentorFactory(group__cohort=task.group.cohort)
        client.force_login(mentor)
        assert client.get(page("mentoring:mentored", task.participation, elsewhere.group.key)).status_code == 404
        assert client.get(page("mentoring:mentored", elsewhere.participation, elsewhere.group.key)).status_code == 403

    def test_the_way_there_from_the_start_page(self, client, task, mentor):
        client.force_login(mentor)
        text = client.get(reverse("home")).text
        assert page("mentoring:mentored", task.participation, task.group.key) in text
        assert "Ert uppdrag som mentor" in text


class TestThanks:
    @pytest.fixture
    def past_meeting(self, task):
        day = date(2026, 11, 1)
        meeting = MeetingFactory(cohort=task.group.cohort, group=task.group, starts_on=day, name="Träff ett")
        share_by_theme(task, LEADERSHIP)
        return meeting

    def url(self, name, task):
        return page(f"mentoring:{name}", task.participation)

    def test_sent_once_to_its_people_with_the_letter(
        self, client, task, past_meeting, leader, django_capture_on_commit_callbacks
    ):
        people = {seated(task.participation).email, seated(task.participation, Function.MANAGER).email}
        client.force_login(leader)
        with django_capture_on_commit_callbacks(execute=True):
            for _ in range(2):
                assert client.post(self.url("mentor_thank", task)).status_code == 302
        assert {sent.to[0] for sent in mail.outbox} == people
        assert {row.kind for row in Mail.objects.all()} == {"mentor_thanks"}
        assert mail.outbox[0].subject == f"Tack, {task.participation}, för ert mentorskap"
        assert len(mail.outbox) == 2
        [part] = mail.outbox[0].attachments
        assert part.get_filename().endswith(".pdf")
        assert part.get_content_type() == "application/pdf"
        assert "Träff ett" in pdf_text(part.get_payload(decode=True))
        assert Participation.objects.get(pk=task.participation_id).thanked_on == TODAY
        assert kinds() == ["mentor_thanked"]

    def test_the_letter_is_one_accessible_page_and_tells_what_was_done(self, client, task, past_meeting, leader):
        MeetingFactory(cohort=task.group.cohort, group=task.group, starts_on=date(2027, 1, 1), name="Kommande")
        share_by_theme(task, LEADERSHIP)
        client.force_login(leader)
        data = b"".join(client.get(self.url("mentor_letter", task)).streaming_content)
        assert_accessible_pdf(data)
        text = pdf_text(data)
        assert pdf_pages(data) == 1
        for words in (f"Tack, {task.participation}", "1 november 2026", task.group.name, LEADERSHIP, "en grupp"):
            assert words in text
        assert "Kommande" not in text
        assert "Sveriges Kommuner" not in text  # made up: SKR does not stand behind it

    def test_skr_signs_a_real_one(self, task, past_meeting):
        type(task.group.cohort).objects.update(constructed=False)
        participation = Participation.objects.get(pk=task.participation_id)
        assert thanks_content(participation, TODAY).cover.author == "Sveriges Kommuner och Regioner"

    def test_fetched_later_it_tells_the_same(self, task, past_meeting):
        participation = task.participation
        participation.thanked_on = TODAY
        MeetingFactory(cohort=task.group.cohort, group=task.group, starts_on=date(2027, 1, 1))
        share_by_theme(task, LEADERSHIP)
        now, later = (thanks_content(participation, day) for day in (TODAY, date(2027, 6, 1)))
        assert now.html() == later.html()

    def test_nothing_to_thank_for_yet(self, client, task, leader):
        MeetingFactory(cohort=task.group.cohort, group=task.group, starts_on=date(2027, 1, 1))
        share_by_theme(task, LEADERSHIP)
        seated(task.participation)
        client.force_login(leader)
        assert client.post(self.url("mentor_thank", task)).status_code == 422
        assert client.get(self.url("mentor_letter", task)).status_code == 404
        assert not Mail.objects.exists()

    def test_nobody_to_send_it_to(self, client, task, past_meeting, leader):
        client.force_login(leader)
        answer = client.post(self.url("mentor_thank", task))
        assert answer.status_code == 422
        assert "Ingen person är registrerad" in answer.text
        assert Participation.objects.get(pk=task.participation_id).thanked_on is None

    def test_the_mentor_reads_it_when_it_is_sent(self, client, task, past_meeting):
        client.force_login(seated(task.participation, Function.POLITICIAN))
        assert client.get(self.url("mentor_letter", task)).status_code == 404
        Participation.objects.filter(pk=task.participation_id).update(thanked_on=TODAY)
        assert client.get(self.url("mentor_letter", task)).status_code == 200
        assert self.url("mentor_letter", task) in client.get(page("mentoring:mentor", task.participation)).text

    def test_a_participant_is_not_thanked_as_mentor(self, client, former, leader):
        client.force_login(leader)
        assert client.get(page("mentoring:mentor_thank", former.participation)).status_code == 404
