"""The admission letter: it carries what SKR's own of 2021 carries, is accessible, and goes once to each."""

from datetime import date, time, timedelta

import pymupdf
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse

from admission.actions import letter as actions
from admission.letter.letter import content_of
from admission.letter.material import material_of
from admission.letter.parts import when
from admission.letter.recipients import recipients
from admission.letter.timetable import days, hours, timetable
from admission.letter.words import PARAGRAPHS
from admission.models import Interest, Letter, LetterIssue
from cohorts.enums import CohortKind, ExpectedKind, Function, MentorModel, Role, Status
from cohorts.models import CohortContact, Delegate, ExpectedResult, Organisation, Participation
from kit.models import AuditEvent
from kit.pdf import render_pdf
from kit.refusals import ActionRefused
from kit.staleness import digest
from mailings.models import Mail
from meetings.enums import MeetingForm
from meetings.kinds import MeetingKind
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    GroupFactory,
    GroupMentorFactory,
    MeetingFactory,
    ParticipationFactory,
    UserFactory,
)
from tests.hostile import HOSTILE
from tests.pdf_checks import (
    assert_accessible_pdf,
    lines_of,
    missing_glyphs,
    outside_the_margins,
    page_texts,
    pdf_text,
)
from tests.process_factories import InterestFactory, PeriodFactory, PreparationFactory
from tests.refusing import refused

pytestmark = pytest.mark.django_db
TODAY = date(2021, 6, 16)
MEMBERS = {"05": "Region Östergötland", "07": "Region Kronoberg", "1281": "Lunds kommun"}
MENTORS = {
    "17": ("Region Värmland", "Ledning och styrning"),
    "25": ("Region Norrbotten", "Förbättringsarbete"),
    "24": ("Region Västerbotten", "Analys och uppföljning"),
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def petra():
    return UserFactory(name="Petra Process", email="petra@skr.invalid", skr_role="process_leader")


@pytest.fixture
def round_2021(petra):
    """The omgång of SKR's letter of 16 June 2021: organisations, models and dates are its own, persons invented."""
    cohort = CohortFactory(
        slug="2021-2023",
        name="Modellregioner och Modellkommuner 2021–2023",
        kind=CohortKind.MIXED,
        starts_on=date(2021, 8, 1),
        ends_on=date(2023, 2, 28),
        mentor_model=MentorModel.BY_THEME,
        contact=petra,
        constructed=False,
        plan__checklist="skr-2020",
    )
    adam = UserFactory(name="Adam Administratör", email="adam@skr.invalid", skr_role="administrator")
    CohortContact.objects.create(cohort=cohort, user=adam, task="support")
    group = GroupFactory(cohort=cohort, name="Gruppen")
    for code in MEMBERS:
        organisation = Organisation.objects.get(code=code)
        member = ParticipationFactory(cohort=cohort, organisation=organisation, group=group)
        for function in (Function.STRATEGIST, Function.POLITICIAN, Function.MANAGER):
            DelegateFactory(
                participation=member,
                function=function,
                starts_on=TODAY,
                user__name=f"{function.label} i {organisation.short_name}",
            )
        InterestFactory(
            cohort=cohort,
            organisation=organisation,
            participation=member,
            state="admitted",
            answered_on=date(2021, 6, 15),
            answered_by="SKR:s styrgrupp",
        )
    for position, (code, (_, theme)) in enumerate(MENTORS.items()):
        mentor = ParticipationFactory(cohort=cohort, organisation=Organisation.objects.get(code=code), role=Role.MENTOR)
        GroupMentorFactory(group=group, participation=mentor, theme=theme, position=position)
        for number in (1, 2):
            DelegateFactory(participation=mentor, starts_on=TODAY, user__name=f"Mentorsstrateg {number} {code}")
        DelegateFactory(participation=mentor, starts_on=TODAY, function=Function.POLITICIAN)
    _meetings(cohort)
    wanted = {
        "konkreta förbättringar i system för styrning och ledning": ExpectedKind.EXPECTED,
        "indikatorer används för att följa upp resultat för olika grupper": ExpectedKind.EXPECTED,
        "nya eller ändrade arbetssätt prövade i minst en kärnverksamhet": ExpectedKind.DESIRABLE,
        "metoder för fler tvärsektoriella perspektiv prövade": ExpectedKind.DESIRABLE,
    }
    for position, (text, kind) in enumerate(wanted.items()):
        ExpectedResult.objects.create(cohort=cohort, key=f"r{position}", text=text, kind=kind, position=position)
    return cohort


def _meetings(cohort):
    def meeting(kind, name, first, last=None, theme="", **fields):
        number = cohort.meetings.filter(kind=kind).count() + 1
        key = f"{kind}-{number}"
        fields = {"starts_on": first, "ends_on": last or first, "theme": theme, "number": number, "key": key, **fields}
        return MeetingFactory(cohort=cohort, kind=kind, name=name, form=MeetingForm.DIGITAL, **fields)

    learning = MeetingKind.LEARNING_MEETING
    start = meeting(MeetingKind.KICKOFF, "Uppstartsträff", date(2021, 9, 13), date(2021, 9, 14))
    for day in (date(2021, 8, 19), date(2021, 10, 13), date(2022, 2, 15), date(2022, 8, 29), date(2023, 1, 11)):
        meeting(MeetingKind.STRATEGIST_MEETING, "Strategträff", day, starts_at=time(13), ends_at=time(16))
    meeting(MeetingKind.MENTOR_MEETING, "Mentorträff", date(2021, 8, 19))
    meeting(learning, "Lärandeträff 1", date(2021, 11, 17), theme="Ledning och styrning")
    meeting(learning, "Lärandeträff 2", date(2022, 4, 6), theme="Förbättringsarbete")
    meeting(learning, "Lärandeträff 3", date(2022, 10, 5), theme="Analys och uppföljning")
    meeting(MeetingKind.DEEP_DIVE, "Fördjupning", date(2021, 10, 20), theme="Kommunikation")
    last = meeting(MeetingKind.RESULTS_CONFERENCE, "Resultatkonferens", date(2023, 2, 8))
    PeriodFactory(cohort=cohort, name="Resultatrapport", before=last, is_reporting=True, due_before=24, after=None)
    cohort.periods.update(after=cohort.meetings.get(key="learning_meeting-3"))
    PreparationFactory(meeting=start, text="Gå förberedelseutbildningen, cirka fyra timmar", days_before=7)
    PreparationFactory(
        meeting=start, function=Function.STRATEGIST, text="Skicka deltagarnas e-postadresser", days_before=30
    )


CARRIED = (
    # who is admitted, by whom and when
    "Efter beslut av SKR:s styrgrupp 15 juni 2021",
    "Lunds kommun, Region Kronoberg och Region Östergötland",
    # mentors and how they share
    "Region Norrbotten, Region Värmland och Region Västerbotten, som har deltagit tidigare, är mentorer",
    "delar på uppdraget efter tema",
    "Analys och uppföljning Region Västerbotten",
    # the first meeting, and what goes before it
    "uppstartsträff 13–14 september 2021",
    "Inbjudan med program skickas senast 30 augusti 2021",
    "strategträff 19 augusti 2021 kl. 13.00–16.00",
    "mentorträff 19 augusti 2021",
    # preparations for all and for strategists
    "Läs checklistan och vägledningen",
    "Gå förberedelseutbildningen, cirka fyra timmar (senast 6 september 2021)",
    "Skicka deltagarnas e-postadresser (senast 14 augusti 2021)",
    # expected and desirable results
    "Förväntade resultat",
    "Indikatorer används för att följa upp resultat",
    "Önskvärda resultat",
    "Nya eller ändrade arbetssätt prövade i minst en kärnverksamhet",
    # way of working
    "två eller tre organisationer, med stöd av mentorer",
    "politiker med politiker, chef med chef och strateg med strateg",
    "Efter behov och önskemål från er ordnas fördjupningar",
    "bli mentorer för nya deltagare",
    "modellnätverk för fortsatt lärande",
    # SKR's own support, EIGE's definition, Agenda 2030, CEMR
    "lärande exempel, filmer, verktyg och handledningar",
    "EIGE definierar jämställdhetsintegrering som ”integreringen av ett könsperspektiv",
    "Agenda 2030",
    "CEMR-deklarationen",
    # sender
    "Sveriges Kommuner och Regioner",
    "Petra Process, kontaktperson på SKR",
    # contacts
    "petra@skr.invalid",
    "Petra Process Projektledare petra@skr.invalid",
    "Adam Administratör Administrativt stöd adam@skr.invalid",
    "Karin Kommunikatör Kommunikationsstrateg karin@skr.invalid",
    "Strateg i Lund",
    "Mentorsstrateg 2 25",
    # dates and timetable
    "Lärandeträff 2 Förbättringsarbete",
    "Tidplan 2021",
    "Tidplan 2022",
    "Tidplan 2023",
)


class TestTheLetterOf2021:
    def test_it_carries_what_that_letter_carries_and_is_accessible(self, round_2021):
        Letter.objects.create(
            cohort=round_2021, contacts="Karin Kommunikatör, Kommunikationsstrateg, karin@skr.invalid"
        )
        content = content_of(round_2021)
        data = render_pdf(content.issued(1, "", TODAY).html())
        assert_accessible_pdf(data)
        text = " ".join(pdf_text(data).split())
        assert [words for words in CARRIED if words not in text] == []
        assert "16 juni 2021" in text
        assert "Utkast" not in text
        assert "Politiker i Lund" not in text, "the contact list is the strategists'"

    def test_links_in_it_can_be_followed(self, round_2021):
        with pymupdf.open(stream=render_pdf(content_of(round_2021).html()), filetype="pdf") as file:
            links = {link["uri"] for sheet in file for link in sheet.get_links() if "uri" in link}
        assert any(link.endswith("/checklistor/skr-2020/") for link in links)

    def test_the_timetable_is_the_omgangs(self, round_2021):
        material = material_of(round_2021)
        first, second, third = timetable(round_2021, list(material.meetings), list(material.periods))
        assert first.headers == ("Aktivitet", "aug.", "sept.", "okt.", "nov.", "dec.")
        assert {row[0]: row[1:] for row in first.rows} == {
            "Mentorträff": ("19", "", "", "", ""),
            "Uppstartskonferens": ("", "13–14", "", "", ""),
            "Strategträff": ("19", "", "13", "", ""),
            "Lärandeträff": ("", "", "", "17", ""),
            "Fördjupning": ("", "", "20", "", ""),
        }
        assert len(second.headers) == 13
        report = next(row for row in second.rows if row[0] == "Resultatrapport")
        assert report[1:] == ("",) * 9 + ("pågår",) * 3
        assert {row[0]: row[1:] for row in third.rows} == {
            "Strategträff": ("11", ""),
            "Resultatkonferens": ("", "8"),
            "Resultatrapport": ("senast 15", ""),
        }

    def test_a_month_with_nothing_in_it_is_left_empty_on_paper(self, round_2021):
        html = content_of(round_2021).html()
        table = html[html.index("<caption>Tidplan 2021</caption>") :].partition("</table>")[0]
        assert "–" not in table.replace("13–14", "")
        assert "<td></td>" in table

    def test_a_column_that_would_say_nothing_is_left_out(self, round_2021):
        round_2021.meetings.update(starts_at=None, ends_at=None)
        (dates,) = (section for section in content_of(round_2021).sections if section.key == "datum")
        assert dates.tables[0].headers == ("Dag", "Träff", "Tema", "Var")

    def test_the_goals_of_the_first_meeting_are_a_list(self, round_2021):
        round_2021.meetings.filter(kind=MeetingKind.KICKOFF).update(goals="En gemensam bild\r\n\r\nKontakt")
        (start,) = (section for section in content_of(round_2021).sections if section.key == "start")
        assert [line.text for line in start.lists[0].lines] == ["En gemensam bild", "Kontakt"]
        assert not {"En gemensam bild", "Kontakt"} & {*start.paragraphs}

    def test_without_goals_there_is_no_list_of_them(self, round_2021):
        (start,) = (section for section in content_of(round_2021).sections if section.key == "start")
        assert start.lists == ()

    def test_a_name_that_ends_in_a_number_does_not_run_into_the_day(self, round_2021):
        round_2021.meetings.filter(kind=MeetingKind.MENTOR_MEETING).update(name="Mentorsträff 1")
        assert "mentorsträff 1, 19 augusti 2021" in content_of(round_2021).html()

    def test_without_mentors_nothing_is_lacking(self, client, round_2021, petra):
        Participation.objects.filter(role=Role.MENTOR).delete()
        round_2021.mentor_model = MentorModel.NONE
        round_2021.save()
        client.force_login(petra)
        page = client.get(reverse("admission:letter", args=["2021-2023"]))
        assert page.context["lacking"] == []
        assert "arbetar på lika villkor" in page.text
        assert "med stöd av mentorer" not in page.text
        round_2021.mentor_model = MentorModel.PER_GROUP
        round_2021.save()
        page = client.get(reverse("admission:letter", args=["2021-2023"]))
        assert page.context["lacking"] == ["Inga mentorer är utsedda. Brevet säger att de kommer senare."]

    def test_one_that_has_left_and_a_meeting_called_off_stand_in_no_letter(self, round_2021):
        round_2021.participations.filter(code="1281").update(status=Status.WITHDRAWN)
        round_2021.meetings.filter(kind=MeetingKind.DEEP_DIVE).update(cancelled_on=TODAY)
        text = content_of(round_2021).html()
        assert "Lunds kommun" not in text
        assert "Fördjupning" not in text

    def test_more_contacts_are_rows_whatever_they_lack(self, round_2021, petra):
        save_words(round_2021, petra, contacts="Karin, Kommunikationsstrateg, karin@skr.invalid\r\n\r\nOla")
        (section,) = (section for section in content_of(round_2021).sections if section.key == "kontakter")
        assert section.tables[-1].rows[-2:] == (
            ("Karin", "Kommunikationsstrateg", "karin@skr.invalid"),
            ("Ola", "", ""),
        )

    def test_text_is_text_and_never_markup(self, round_2021, petra):
        save_words(round_2021, petra, introduction="<b>Hej</b> & välkomna")
        assert "<b>Hej</b> & välkomna" in pdf_text(render_pdf(content_of(round_2021).html()))

    def test_hostile_texts_leave_the_file_what_it_says_it_is(self, round_2021, petra):
        texts = [text.replace("\x00", "") for text in HOSTILE.values()]
        hostile = {key: text for key, text in zip(PARAGRAPHS, texts, strict=False) if "{" not in text}
        hostile |= {"introduction": "\n\n".join(texts).replace("{", "(")[:6000], "closing": HOSTILE["list"]}
        save_words(round_2021, petra, **hostile)
        for meeting, text in zip(round_2021.meetings.all(), texts, strict=False):
            line = " ".join(text.split())
            type(meeting).objects.filter(pk=meeting.pk).update(theme=line[:200], place=line[:300], goals=text)
        data = render_pdf(content_of(round_2021).html())
        assert_accessible_pdf(data)
        assert missing_glyphs(data) == []
        assert outside_the_margins(data, 62, 62) == []
        assert {"- kvinnor 14", "- män 9", "rad två"} <= set(lines_of(data))

    def test_queries_are_the_same_however_many_take_part(
        self, client, round_2021, petra, django_assert_max_num_queries
    ):
        for _ in range(12):
            DelegateFactory(participation__cohort=round_2021)
        client.force_login(petra)
        client.get(reverse("admission:letter", args=["2021-2023"]))
        with django_assert_max_num_queries(25):
            client.get(reverse("admission:letter", args=["2021-2023"]))


def words_as_stored(cohort):
    row = Letter.objects.filter(cohort=cohort).first() or Letter(cohort=cohort)
    return {**row.texts, "contacts": row.contacts}


def seen_words(cohort, *names):
    stored = words_as_stored(cohort)
    return digest({name: stored[name] for name in names or stored})


def save_words(cohort, by, **content):
    return actions.save_words(cohort=cohort, seen=seen_words(cohort, *content), content=content, by=by)


def small():
    """An omgång of one, so that a file is built in a moment."""
    cohort = CohortFactory(slug="liten", name="Liten omgång", mentor_model=MentorModel.NONE)
    member = ParticipationFactory(cohort=cohort)
    for function in (Function.STRATEGIST, Function.POLITICIAN):
        DelegateFactory(participation=member, function=function, starts_on=TODAY)
    return cohort


def words_of(file):
    with file.open("rb") as opened:
        return opened.read().decode()


@pytest.fixture
def quick(monkeypatch):
    """The words of the file without the building of it: that it is a good one is shown above."""
    monkeypatch.setattr("admission.actions.letter.render_pdf", lambda html: html.encode())


@pytest.mark.usefixtures("quick")
class TestSending:
    def send(self, cohort, petra):
        return actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra)

    def test_everyone_who_is_named_and_the_mentors_strategists(self, round_2021, petra):
        who = [(recipient.organisation, recipient.function) for recipient in recipients(round_2021, 1)]
        assert len(who) == 9 + 6
        assert ("Region Värmland", "Politiker") not in who
        assert who.count(("Region Värmland", "Strateg")) == 2
        assert self.send(round_2021, petra) == 15
        assert Mail.objects.filter(kind="admission_letter").count() == 15

    def test_those_admitted_stand_first_and_the_mentors_after(self, round_2021):
        names = list(dict.fromkeys(recipient.organisation for recipient in recipients(round_2021, 1)))
        mentors = ["Region Norrbotten", "Region Värmland", "Region Västerbotten"]
        assert names == ["Lunds kommun", "Region Kronoberg", "Region Östergötland", *mentors]

    def test_a_deputy_with_two_seats_gets_one(self, petra):
        cohort = small()
        both = UserFactory()
        for member in (cohort.participations.get(), ParticipationFactory(cohort=cohort)):
            DelegateFactory(participation=member, user=both, deputy=True, starts_on=TODAY)
        assert sum(recipient.user == both for recipient in recipients(cohort, 1)) == 1
        assert self.send(cohort, petra) == 3

    def test_nobody_who_has_left_or_whose_organisation_has(self, petra):
        cohort = small()
        Delegate.objects.filter(function=Function.POLITICIAN).update(
            ends_on=date(2021, 6, 15), starts_on=date(2021, 1, 1)
        )
        gone = ParticipationFactory(cohort=cohort, status=Status.WITHDRAWN)
        DelegateFactory(participation=gone, starts_on=TODAY)
        assert [recipient.function for recipient in recipients(cohort, 1)] == ["Strateg"]

    def test_once_a_person_and_version_and_newcomers_get_the_same(self, petra):
        cohort = small()
        assert (self.send(cohort, petra), self.send(cohort, petra)) == (2, 0)
        DelegateFactory(participation=cohort.participations.get(), function=Function.MANAGER, starts_on=TODAY)
        assert self.send(cohort, petra) == 1
        assert LetterIssue.objects.count() == 1
        assert Mail.objects.count() == 3
        assert AuditEvent.objects.filter(kind="letter_sent").count() == 2

    def test_a_new_version_says_what_is_new(self, petra):
        cohort = small()
        self.send(cohort, petra)
        MeetingFactory(cohort=cohort, name="Uppstart", starts_on=date(2021, 9, 13))
        assert self.send(cohort, petra) == 2
        last = LetterIssue.objects.first()
        assert (last.number, last.changed) == (2, "hur vi börjar, förberedelserna, datumen och tidplanen")
        assert "version 2" in words_of(last.file)
        texts = Mail.objects.filter(key__contains=":2:").values_list("text", flat=True)
        assert all("Ändrat sedan förra versionen: hur vi börjar" in text for text in texts)
        assert len(texts) == 2

    def test_one_who_joins_late_gets_it_alone(self, client, petra):
        cohort = small()
        self.send(cohort, petra)
        late = ParticipationFactory(cohort=cohort)
        newcomer = DelegateFactory(participation=late, starts_on=TODAY).user
        client.force_login(petra)
        place = reverse("admission:letter_send", args=["liten"])
        page = client.get(f"{place}?sett={content_of(cohort).checksum}")
        assert "Bara de som aldrig har fått brevet (en person)" in page.text
        assert "Alla som inte har den här versionen (tre personer)" in page.text
        assert "En av tre har aldrig fått brevet." in page.text
        client.post(place, {"seen": page.context["form"]["seen"].value(), "to": "new"})
        (mail,) = Mail.objects.filter(key__startswith=f"letter:{cohort.pk}:2:")
        assert mail.recipient == newcomer
        assert "Ändrat sedan" not in mail.text
        # All others get the next version, which says what is new since the one they have.
        MeetingFactory(cohort=cohort, name="Uppstart", starts_on=date(2021, 9, 13))
        assert self.send(cohort, petra) == 3
        texts = {
            mail.recipient: " ".join(mail.text.split())
            for mail in Mail.objects.filter(key__startswith=f"letter:{cohort.pk}:3:")
        }
        assert "Ändrat sedan förra versionen: hur vi börjar" in texts.pop(newcomer)
        assert all(
            "Ändrat sedan version 1, som du har fått: vilka som är antagna, hur vi börjar" in text
            for text in texts.values()
        )

    def test_those_who_lack_the_version_are_chosen_between_only_where_someone_has_none(self, client, petra):
        cohort = small()
        self.send(cohort, petra)
        MeetingFactory(cohort=cohort)
        client.force_login(petra)
        place = f"{reverse('admission:letter_send', args=['liten'])}?sett={content_of(cohort).checksum}"
        page = client.get(place)
        assert "Vem ska få brevet nu?" not in page.text
        client.post(place, {name: page.context["form"][name].value() for name in ("seen", "to")})
        assert Mail.objects.filter(key__startswith=f"letter:{cohort.pk}:2:").count() == 2

    def test_the_choice_of_those_without_it_holds_where_nobody_is_any_more(self, client, petra):
        cohort = small()
        self.send(cohort, petra)
        MeetingFactory(cohort=cohort)
        client.force_login(petra)
        place = reverse("admission:letter_send", args=["liten"])
        said = client.post(place, {"seen": content_of(cohort).checksum, "to": "new"}, follow=True)
        assert "Inget nytt mejl är skickat." in said.text
        assert not Mail.objects.filter(key__startswith=f"letter:{cohort.pk}:2:").exists()

    def test_it_is_the_invitation_of_those_who_waited_for_it(self, petra, today):
        cohort = small()
        Delegate.objects.filter(function=Function.POLITICIAN).update(invited_at="2021-06-01T10:00:00Z")
        self.send(cohort, petra)
        days = dict(Delegate.objects.values_list("function", "invited_at__date"))
        assert days == {"politician": date(2021, 6, 1), "strategist": TODAY}
        assert "loggar in i Modell med den här e-postadressen" in " ".join(Mail.objects.first().text.split())

    @pytest.mark.parametrize(("days", "opening"), [(0, "Vi börjar med"), (1, "Omgången började med")])
    def test_one_who_comes_after_the_first_meeting_is_told_of_the_next(self, petra, today, days, opening):
        cohort = small()
        first = MeetingFactory(cohort=cohort, name="Uppstart", kind=MeetingKind.KICKOFF, starts_on=date(2021, 9, 13))
        PreparationFactory(meeting=first, text="Gå utbildningen", days_before=1)
        second = MeetingFactory(
            cohort=cohort, name="Lärandeträff 1", kind=MeetingKind.LEARNING_MEETING, starts_on=date(2021, 11, 17)
        )
        PreparationFactory(meeting=second, text="Skatta er", days_before=1)
        today.move_to(first.starts_on + timedelta(days=days))
        by_key = {section.key: section for section in content_of(cohort).sections}
        assert by_key["start"].paragraphs[0].startswith(f"{opening} uppstart 13 september 2021")
        tasks = str(by_key["forberedelser"])
        assert ("Gå utbildningen" in tasks, "Skatta er" in tasks) == ((True, False) if days == 0 else (False, True))
        if days:
            assert "Nästa gemensamma träff är lärandeträff 1, 17 november 2021." in by_key["start"].paragraphs[1]

    def test_the_day_alone_is_no_new_version(self, petra, today):
        cohort = small()
        self.send(cohort, petra)
        today.move_to(date(2021, 6, 30))
        assert self.send(cohort, petra) == 0
        assert LetterIssue.objects.count() == 1

    def test_what_has_changed_since_it_was_looked_at_is_not_sent(self, petra):
        cohort = small()
        seen = content_of(cohort).checksum
        MeetingFactory(cohort=cohort)
        with pytest.raises(ActionRefused, match="har ändrats sedan du öppnade sidan"):
            actions.send_letter(cohort=cohort, seen=seen, by=petra)
        assert not Mail.objects.exists()

    def while_building(self, monkeypatch, act):
        """Let another process leader act while the file is built, once."""
        waiting = [act]

        def render(html):
            if waiting:
                waiting.pop()()
            return html.encode()

        monkeypatch.setattr("admission.actions.letter.render_pdf", render)

    def test_another_letter_that_is_sent_meanwhile_stands(self, petra, monkeypatch):
        cohort = small()

        def send_another():
            MeetingFactory(cohort=cohort)
            self.send(cohort, petra)

        self.while_building(monkeypatch, send_another)
        with refused("Någon annan har just skickat brevet. Läs igenom det igen."):
            self.send(cohort, petra)
        assert (LetterIssue.objects.count(), Mail.objects.count()) == (1, 2)

    def test_the_same_letter_that_is_sent_meanwhile_goes_once(self, petra, monkeypatch):
        cohort = small()
        self.while_building(monkeypatch, lambda: self.send(cohort, petra))
        assert self.send(cohort, petra) == 0
        assert (LetterIssue.objects.count(), Mail.objects.count()) == (1, 2)

    def test_the_mail_carries_the_file_and_opens_the_letter(self, petra):
        cohort = small()
        cohort.contact = petra
        cohort.save()
        self.send(cohort, petra)
        mail = Mail.objects.first()
        [file] = {mail.files.get() for mail in Mail.objects.all()}
        assert file.name == "antagningsbrev-liten.pdf", "stored once, without a random tail"
        assert "Välkommen till Liten omgång" in words_of(file.file)
        assert (mail.path, mail.reply_to) == ("/omgangar/liten/antagningsbrev/1/", "petra@skr.invalid")
        assert mail.reason.startswith("Du får brevet för att du är ")


@pytest.mark.usefixtures("quick")
class TestThePages:
    def page(self, client, name, cohort, *args):
        return client.get(reverse(f"admission:{name}", args=[cohort.slug, *args]))

    def test_nobody_admitted_is_no_letter(self, client, petra):
        cohort = CohortFactory()
        client.force_login(petra)
        assert "Ingen organisation är antagen än." in self.page(client, "letter", cohort).text
        assert self.page(client, "letter_pdf", cohort).status_code == 302
        assert self.page(client, "letter_send", cohort).status_code == 302

    def test_sent_after_a_look_at_who_gets_it(self, client, petra):
        cohort = small()
        client.force_login(petra)
        letter = self.page(client, "letter", cohort)
        place = f"{reverse('admission:letter_send', args=['liten'])}?sett={letter.context['content'].checksum}"
        assert place in letter.text
        page = client.get(place)
        assert "Två personer får brevet." in page.text
        for email in Delegate.objects.values_list("user__email", flat=True):
            assert email in page.text
        assert "Var och en får brevet som PDF i ett mejl." in page.text
        assert "Ett brev som är skickat går inte att ta tillbaka." in page.text
        assert "Brevet är också inbjudan till Modell för två personer." in page.text
        assert "Inga träffar är planerade." in page.text, "what is empty"
        assert not Mail.objects.exists(), "nothing is sent before one has said yes"
        said = client.post(page.wsgi_request.path, {"seen": page.context["form"]["seen"].value()}, follow=True)
        assert "Brevet är på väg till 2 personer." in said.text
        assert "Alla har redan fått brevet." in client.get(place).text
        assert "Antagningsbrevet är skickat." in self.page(client, "letter", cohort).text
        assert b"Liten omg" in b"".join(self.page(client, "letter_issue", cohort, 1).streaming_content)
        assert self.page(client, "letter_issue", cohort, 2).status_code == 404

    def test_a_file_that_is_gone_is_told_and_made_again_for_those_who_come_later(self, client, petra):
        cohort = small()
        actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra)
        issue = cohort.letter_issues.get()
        default_storage.delete(issue.file.name)
        client.force_login(petra)
        answer = self.page(client, "letter_issue", cohort, 1)
        assert answer.status_code == 404
        assert "Var och en som fick brevet har det kvar i sitt mejl." in answer.text
        Mail.objects.last().delete()
        assert actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra) == 1
        assert b"Liten omg" in b"".join(self.page(client, "letter_issue", cohort, 1).streaming_content)
        assert cohort.letter_issues.count() == 1

    def test_a_stale_page_sends_nothing(self, client, petra):
        cohort = small()
        client.force_login(petra)
        place = reverse("admission:letter_send", args=["liten"])
        assert "Skicka brevet" not in client.get(f"{place}?sett=gammal").text
        answer = client.post(place, {"seen": "gammal"})
        assert answer.status_code == 422
        assert "har ändrats sedan du öppnade sidan" in answer.text
        assert Mail.objects.count() == 0
        assert cohort.letter_issues.count() == 0

    def reader(self, cohort, **seat):
        return DelegateFactory(participation=cohort.participations.get(), starts_on=TODAY, **seat).user

    def test_before_it_is_sent_the_organisations_read_that_it_is_not(self, client, petra):
        cohort = small()
        client.force_login(self.reader(cohort))
        page = self.page(client, "letter", cohort)
        assert "Antagningsbrevet är inte skickat än." in page.text
        assert "Vi är glada" not in page.text
        assert "Antagningsbrevet" not in client.get(cohort.get_absolute_url()).text
        assert self.page(client, "letter_version", cohort, 1).status_code == 404
        assert self.page(client, "letter_pdf", cohort).status_code == 403

    @pytest.mark.parametrize("function", Function)
    def test_whoever_represents_an_organisation_reads_it_as_it_was_sent(self, client, petra, function):
        cohort = small()
        reader = self.reader(cohort, function=function)
        actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra)
        save_words(cohort, petra, purpose="Nya ord.")
        MeetingFactory(cohort=cohort, name="En ny träff")
        client.force_login(reader)
        place = reverse("admission:letter_version", args=["liten", 1])
        assert f'href="{place}"' in client.get(cohort.get_absolute_url()).text
        for page in (client.get(place), self.page(client, "letter", cohort)):
            assert "Brevet skickades 16 juni 2021." in page.text
            assert "Arbetet ska bidra till högre kvalitet" in page.text
            assert "Nya ord." not in page.text
            assert "En ny träff" not in page.text
            assert f'href="{place}brev.pdf"' in page.text
        assert b"Liten omg" in b"".join(client.get(f"{place}brev.pdf").streaming_content)

    def test_a_later_version_is_the_one_that_is_read_and_the_earlier_stays(self, client, petra):
        cohort = small()
        reader = self.reader(cohort)
        actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra)
        save_words(cohort, petra, purpose="Nya ord.")
        actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra)
        client.force_login(reader)
        page = self.page(client, "letter", cohort)
        assert "Version 2, skickad 16 juni 2021. Ändrat: resultaten." in page.text
        assert "Nya ord." in page.text
        assert "Andra versioner" in page.text
        assert "Nya ord." not in self.page(client, "letter_version", cohort, 1).text

    def test_a_version_from_before_there_was_a_page_is_read_as_its_file(self, client, petra):
        cohort = small()
        actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra)
        cohort.letter_issues.update(content=None)
        client.force_login(self.reader(cohort))
        page = self.page(client, "letter_version", cohort, 1)
        assert "Den här versionen finns bara som PDF." in page.text
        assert "/antagningsbrev/1/brev.pdf" in page.text

    def test_nobody_of_another_omgang_reads_it(self, client, petra):
        cohort = small()
        actions.send_letter(cohort=cohort, seen=content_of(cohort).checksum, by=petra)
        client.force_login(DelegateFactory(starts_on=TODAY).user)
        for name, *args in (("letter",), ("letter_version", 1), ("letter_issue", 1), ("letter_pdf",)):
            assert self.page(client, name, cohort, *args).status_code == 404

    def test_a_draft_says_that_it_is_not_sent(self, round_2021):
        data = render_pdf(content_of(round_2021).html())
        assert_accessible_pdf(data)
        pages = page_texts(data)
        assert "Utkast, inte skickat" in pages[0]
        assert all("Utkast" in page for page in pages)

    def test_invented_data_says_so_and_skr_is_not_its_sender(self, round_2021):
        round_2021.constructed = True
        round_2021.save()
        data = render_pdf(content_of(round_2021).html())
        assert all("Påhittade organisationer, personer och datum" in page for page in page_texts(data))


class TestWords:
    def test_days_over_a_months_end(self):
        cohort = CohortFactory()
        over = MeetingFactory(cohort=cohort, starts_on=date(2021, 9, 30), ends_on=date(2021, 10, 1))
        assert (days(over), when(over)) == ("30/9–1/10", "30 september 2021 – 1 oktober 2021")

    def test_hours_over_two_days_say_which_they_are(self):
        noon = {"starts_at": time(12), "ends_at": time(13)}
        two = MeetingFactory(starts_on=date(2021, 9, 13), ends_on=date(2021, 9, 14), **noon)
        assert when(two) == "13 september kl. 12.00 – 14 september 2021 kl. 13.00"
        assert hours(two) == "börjar 12.00, slutar 13.00"
        one_day = MeetingFactory(starts_on=date(2021, 9, 13), ends_on=date(2021, 9, 13), **noon)
        assert when(one_day) == "13 september 2021 kl. 12.00–13.00"

    def test_each_decision_names_those_it_decided_on(self, round_2021):
        Interest.objects.filter(participation__code="1281").update(answered_on=date(2021, 6, 16))
        Interest.objects.filter(participation__code="07").delete()
        ParticipationFactory(cohort=round_2021, organisation=Organisation.objects.get(code="1480"))
        welcome = content_of(round_2021).sections[0]
        into = "har antagits som deltagare i Modellregioner och Modellkommuner 2021–2023."
        assert welcome.paragraphs[:3] == (
            f"Efter beslut av SKR:s styrgrupp 15 juni 2021 bekräftar SKR att Region Östergötland {into}",
            f"Efter beslut av SKR:s styrgrupp 16 juni 2021 bekräftar SKR att Lunds kommun {into}",
            f"SKR bekräftar att Göteborgs stad och Region Kronoberg {into}",
        )

    def test_a_no_that_was_left_is_no_decision_to_admit(self, round_2021):
        Interest.objects.filter(participation__code="07").update(state="waiting")
        paragraphs = content_of(round_2021).sections[0].paragraphs
        assert paragraphs[1].startswith("SKR bekräftar att Region Kronoberg har antagits")

    def test_what_has_no_decision_is_told_before_the_letter_is_sent(self, client, petra, round_2021):
        Interest.objects.filter(participation__code="07").delete()
        client.force_login(petra)
        page = client.get(reverse("admission:letter", args=["2021-2023"]))
        sentence = "Inget beslut av styrgruppen är antecknat för Region Kronoberg. Brevet nämner inget där."
        assert sentence in page.context["lacking"]
