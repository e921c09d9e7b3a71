"""What waits for a person about a self-assessment is told by one mail, to those who have the task, however often it is
pressed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from assessments.actions.alone import close_round, invite_raters, rate_alone, remind_round, say_ready
from assessments.actions.dialogue import answer_query, ask_query, ask_reopening
from assessments.models import Rater
from cohorts.enums import Function
from cohorts.models import Delegate, Participation
from kit.models import AuditEvent
from kit.refusals import ActionRefused
from kit.staleness import content_of, digest
from mailings.models import Mail
from tests.factories import AssessmentFactory, DelegateFactory, MeetingFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 20)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def people(cast):
    """Anna is the strategist and Eva medverkande; a politician and a manager beside them."""
    for name, function in (("Pia", Function.POLITICIAN), ("Malin", Function.MANAGER)):
        DelegateFactory(participation=cast.own, user__name=name, function=function)
    return {seat.user.name: seat for seat in Delegate.objects.filter(participation=cast.own).select_related("user")}


@pytest.fixture
def meeting(cast):
    return MeetingFactory(cohort=cast.cohort, name="Lärandeträff 1", starts_on=date(2026, 10, 1))


@pytest.fixture
def draft(cast, meeting):
    return AssessmentFactory(participation=cast.own, meeting=meeting)


def mailed(kind):
    return sorted(Mail.objects.filter(kind=kind).values_list("recipient__name", flat=True))


def mail(kind):
    """The first one, with its text on one line."""
    row = Mail.objects.filter(kind=kind).order_by("pk").first()
    row.text = " ".join(row.text.split())
    return row


class TestOwnRating:
    def invite(self, draft, people, *names):
        chosen = [people[name] for name in names]
        return invite_raters(assessment=draft, delegates=chosen, by=people["Anna"].user)

    def test_those_invited_are_mailed_once(self, draft, people):
        for _ in range(2):
            self.invite(draft, people, "Anna", "Pia")
        self.invite(draft, people, "Pia", "Malin")
        assert mailed("rating_asked") == ["Malin", "Pia"], "whoever invites knows"

    def test_it_says_what_and_why_and_opens_ones_own_page(self, draft, people, cast):
        self.invite(draft, people, "Pia")
        sent = mail("rating_asked")
        assert sent.subject == "Gör din enskilda skattning inför Lärandeträff 1"
        assert f"innan ni i {cast.own} går igenom dem tillsammans" in " ".join(sent.text.split())
        assert "Ingen ser vad du väljer medan den enskilda skattningen pågår." in sent.text
        assert sent.reason == f"Du får mejlet för att du är politiker i {cast.own}."
        assert (sent.path, sent.about) == (reverse("assessments:rate_alone", args=[draft.pk]), cast.cohort.slug)

    def test_a_closed_account_gets_none(self, draft, people):
        people["Pia"].user.is_active = False
        people["Pia"].user.save()
        self.invite(draft, people, "Pia")
        assert mailed("rating_asked") == []


class TestReminding:
    @pytest.fixture
    def opened(self, draft, people):
        anna = people["Anna"].user
        opened = invite_raters(assessment=draft, delegates=people.values(), by=anna)
        rate_alone(assessment=draft, values={draft.items[0]: draft.values[0]}, by=people["Pia"].user)
        say_ready(assessment=draft, by=people["Pia"].user)
        return opened

    def remind(self, draft, people):
        return remind_round(assessment=draft, by=people["Anna"].user)

    def test_the_rest_are_reminded_once_a_day(self, draft, people, opened, today):
        assert [self.remind(draft, people) for _ in range(2)] == [2, 0]
        assert mailed("rating_reminder") == ["Eva", "Malin"], "neither who is ready nor who reminds"
        today.shift(timedelta(days=1))
        assert self.remind(draft, people) == 2

    def test_it_says_what_and_opens_ones_own_page(self, draft, people, opened):
        self.remind(draft, people)
        sent = mail("rating_reminder")
        assert sent.subject == "Påminnelse: din enskilda skattning inför Lärandeträff 1"
        assert "Du har inte gjort klart din enskilda skattning inför Lärandeträff 1." in " ".join(sent.text.split())
        assert sent.path == reverse("assessments:rate_alone", args=[draft.pk])

    def test_who_has_left_is_not_reminded(self, draft, people, opened):
        Delegate.objects.filter(pk=people["Malin"].pk).update(ends_on=TODAY - timedelta(days=1))
        self.remind(draft, people)
        assert mailed("rating_reminder") == ["Eva"]

    def test_not_when_it_is_closed(self, draft, people, opened):
        close_round(assessment=draft, by=people["Anna"].user)
        with pytest.raises(ActionRefused, match="Det finns ingen att påminna"):
            self.remind(draft, people)

    def test_from_the_page_without_a_word_of_who(self, client, draft, people, opened):
        client.force_login(people["Anna"].user)
        page = client.get(reverse("assessments:round", args=[draft.pk])).text
        assert "1 av 4 klara" in page
        answer = client.post(reverse("assessments:round_remind", args=[draft.pk]), follow=True).text
        assert "De andra som inte är klara har fått en påminnelse i dag." in answer
        assert mailed("rating_reminder") == ["Eva", "Malin"]
        event = AuditEvent.objects.get(kind="raters_reminded")
        assert event.data == {}

    @pytest.mark.parametrize("is_ready", [False, True])
    def test_of_fewer_than_three_no_page_says_how_many(self, client, draft, people, is_ready):
        """Of two, one of them the strategist, the number would say what the other has done."""
        anna, pia = people["Anna"].user, people["Pia"].user
        invite_raters(assessment=draft, delegates=[people["Anna"], people["Pia"]], by=anna)
        if is_ready:
            rate_alone(assessment=draft, values={draft.items[0]: draft.values[0]}, by=pia)
            say_ready(assessment=draft, by=pia)
        client.force_login(anna)
        assert Rater.objects.filter(done_at=None).count() == (1 if is_ready else 2)
        for name, place in (
            ("round", []),
            ("round_close", []),
            ("assessment", []),
            ("working_meeting", [1]),
        ):
            text = client.get(reverse(f"assessments:{name}", args=[draft.pk, *place])).text
            assert "av 2 " not in text, name
        assert "Färre än tre är inbjudna" in client.get(reverse("assessments:round", args=[draft.pk])).text
        said = client.post(reverse("assessments:round_remind", args=[draft.pk]), follow=True).text
        assert "De andra som inte är klara har fått en påminnelse i dag." in said


class TestWhatSkrAsks:
    @pytest.fixture
    def handed_in(self, cast, people, meeting):
        return AssessmentFactory(participation=cast.own, meeting=meeting, submitted=True, values=[2] * 10)

    def ask(self, cast, handed_in, number=1, text="Vad gör nämnden?"):
        item = next(item for item in handed_in.items if item.number == number)
        return ask_query(assessment=handed_in, item=item, text=text, by=cast.cia)

    def test_a_question_is_mailed_once_to_those_who_may_answer(self, cast, handed_in):
        for _ in range(2):
            self.ask(cast, handed_in)
        assert mailed("query_asked") == ["Anna", "Eva"]
        sent = mail("query_asked")
        assert sent.subject == "SKR har en fråga om er självskattning"
        assert f"SKR undrar över något i självskattningen inför Lärandeträff 1 från {cast.own}." in sent.text
        assert "Vad gör nämnden?" not in sent.text, "administrators read mail, but not questions"
        assert sent.path == handed_in.get_absolute_url()

    def test_the_questions_of_a_day_are_one_mail_until_they_are_answered(self, cast, handed_in, today):
        first = self.ask(cast, handed_in)
        self.ask(cast, handed_in, number=2)
        assert len(mailed("query_asked")) == 2
        for query in handed_in.queries.all():
            answer_query(query=query, answer="Mycket.", seen=digest(content_of(query, "answer")), by=cast.anna)
        self.ask(cast, handed_in, number=3)
        assert len(mailed("query_asked")) == 4, f"after {first} is answered a new one is told"
        today.shift(timedelta(days=1))
        self.ask(cast, handed_in, number=4)
        assert len(mailed("query_asked")) == 6

    def test_a_request_to_reopen_is_mailed_once_to_the_strategist(self, cast, handed_in, today):
        today.move_to(date(2026, 10, 2))
        for _ in range(2):
            ask_reopening(assessment=handed_in, reason="Fel träff.", by=cast.cia)
        assert mailed("reopening_asked") == ["Anna"]
        sent = mail("reopening_asked")
        assert sent.subject == "Får självskattningen inför Lärandeträff 1 öppnas igen?"
        assert "Självskattningen öppnas bara om en strateg hos er svarar ja." in " ".join(sent.text.split())
        assert "Fel träff." not in sent.text
        assert sent.path == f"{handed_in.get_absolute_url()}#oppna-igen"

    def test_an_organisation_that_has_left_is_not_asked(self, cast, handed_in):
        Participation.objects.filter(pk=cast.own.pk).update(status="withdrawn", withdrawn_on=TODAY)
        self.ask(cast, handed_in)
        assert mailed("query_asked") == []

    def test_an_answer_reaches_the_omgangs_contact(self, cast, handed_in):
        cast.cohort.contact = UserFactory(email="kontakt@skr.invalid")
        cast.cohort.save()
        self.ask(cast, handed_in)
        assert mail("query_asked").reply_to == "kontakt@skr.invalid"
