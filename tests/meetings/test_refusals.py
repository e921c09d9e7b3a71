"""What the actions around a meeting refuse, each with its words, and what they still allow beside it."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from cohorts.enums import Function
from cohorts.roles import roles_of
from kit.staleness import content_of, digest
from meetings.actions.agenda import ITEM, LAST, save_item
from meetings.actions.agreeing import AGREEMENT, save_agreement
from meetings.actions.answering import answer_meeting, ask_deputy
from meetings.actions.material import AT_MOST, add_file, add_link
from meetings.actions.preparing import PREPARATION, copy_from, save_preparation
from meetings.actions.speaking import IMPRESSION, save_impression
from meetings.enums import AgendaPart, Rsvp
from meetings.invitees import people_at
from meetings.models import AgendaItem, Agreement, Attendance, Impression, Material, Preparation
from tests.factories import DelegateFactory, MeetingFactory
from tests.process_factories import (
    AgendaItemFactory,
    AgreementFactory,
    HostTaskFactory,
    ImpressionFactory,
    PreparationFactory,
)
from tests.refusing import refused

pytestmark = pytest.mark.django_db
BEFORE, FIRST, LAST_DAY, AFTER = (date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(FIRST) as traveller:
        yield traveller


@pytest.fixture
def meeting(cast):
    """Two days long."""
    return MeetingFactory(cohort=cast.cohort, starts_on=FIRST, ends_on=LAST_DAY)


def seen(row, names):
    return digest(content_of(row, *names))


class TestAgenda:
    @pytest.fixture
    def joint(self, meeting):
        return AgendaItemFactory(meeting=meeting, part=AgendaPart.JOINT, position=1)

    @pytest.fixture
    def politicians(self, meeting):
        return AgendaItemFactory(meeting=meeting, part=AgendaPart.POLITICIAN, position=2)

    def save(self, cast, meeting, item=None, beside=LAST, **new):
        item = item or AgendaItem(meeting=meeting, title="Samtal", minutes=30, part=AgendaPart.MANAGER)
        content = {**content_of(item, *ITEM), **new}
        return save_item(item=item, beside=beside, seen=seen(item, ITEM), by=cast.cia, **content)

    @pytest.mark.parametrize("day", [1, 2])
    def test_an_item_is_on_one_of_the_meetings_days(self, cast, meeting, day):
        assert self.save(cast, meeting, day=day).day == day

    @pytest.mark.parametrize("day", [0, 3])
    def test_not_on_the_day_before_the_first_or_after_the_last(self, cast, meeting, day):
        with refused("Träffen har inte så många dagar."):
            self.save(cast, meeting, day=day)

    def test_an_item_that_another_has_removed(self, cast, meeting, joint):
        AgendaItem.objects.all().delete()
        with refused("Punkten är borttagen. Gå tillbaka till dagordningen."):
            self.save(cast, meeting, joint, title="Nytt namn")
        assert not meeting.agenda.exists()

    def test_at_the_same_time_as_an_item_of_the_same_day(self, cast, meeting, politicians):
        assert self.save(cast, meeting, beside=politicians.position).position == politicians.position

    @pytest.mark.parametrize(("day", "step"), [(2, 0), (1, 1)])
    def test_not_at_the_same_time_as_another_days_or_none(self, cast, meeting, politicians, day, step):
        with refused("Välj en punkt samma dag som den ska ligga samtidigt med."):
            self.save(cast, meeting, day=day, beside=politicians.position + step)

    @pytest.mark.parametrize("part", [AgendaPart.JOINT, AgendaPart.BY_ORGANISATION])
    def test_nothing_is_at_the_same_time_as_what_all_are_at(self, cast, meeting, joint, politicians, part):
        AgendaItem.objects.filter(pk=joint.pk).update(part=part)
        sentence = "En punkt där alla är med kan inte ligga samtidigt som en annan."
        with refused(sentence):
            self.save(cast, meeting, beside=joint.position)
        with refused(sentence):
            self.save(cast, meeting, part=part, beside=politicians.position)


class TestAgreements:
    def save(self, cast, meeting, agreement=None, **new):
        agreement = agreement or Agreement(meeting=meeting, participation=cast.own, text="Läsa planen.")
        content = {**content_of(agreement, *AGREEMENT), **new}
        return save_agreement(agreement=agreement, seen=seen(agreement, AGREEMENT), by=cast.anna, **content)

    def test_due_on_the_meetings_first_day(self, cast, meeting):
        assert self.save(cast, meeting, due_on=FIRST).due_on == FIRST

    def test_not_due_on_the_day_before(self, cast, meeting):
        with refused("Välj träffens dag eller en senare dag."):
            self.save(cast, meeting, due_on=BEFORE)

    def test_what_another_has_removed(self, cast, meeting):
        agreement = AgreementFactory(meeting=meeting, participation=cast.own)
        Agreement.objects.all().delete()
        with refused("Överenskommelsen är borttagen."):
            self.save(cast, meeting, agreement, text="Skriva planen.")
        assert not meeting.agreements.exists()


class TestAnswering:
    def answer(self, cast, meeting):
        answer_meeting(
            meeting=meeting, delegates=cast.anna.seats.all(), answer=Rsvp.YES, to=meeting.sequence, by=cast.anna
        )

    def test_until_the_meetings_last_day(self, cast, meeting, today):
        today.move_to(LAST_DAY)
        self.answer(cast, meeting)
        assert Attendance.objects.get(meeting=meeting).answer == Rsvp.YES

    @pytest.mark.parametrize(("day", "cancelled_on"), [(AFTER, None), (BEFORE, BEFORE)])
    def test_not_the_day_after_nor_when_it_is_cancelled(self, cast, meeting, today, day, cancelled_on):
        meeting.cancelled_on = cancelled_on
        meeting.save()
        today.move_to(day)
        with refused("Träffen är genomförd eller inställd, så svaret behövs inte."):
            self.answer(cast, meeting)
        assert not Attendance.objects.exists()


class TestAskingADeputy:
    @pytest.fixture
    def deputy(self, cast):
        return DelegateFactory(participation=cast.own, function=Function.STRATEGIST, deputy=True)

    def ask(self, cast, meeting, deputy):
        invitees = {invitee.user_id: invitee for invitee in people_at(meeting, FIRST, roles_of(cast.anna))}
        return ask_deputy(meeting=meeting, absent=invitees[cast.anna.pk], deputy=invitees[deputy.user_id], by=cast.anna)

    def say(self, cast, meeting, answer):
        seat = cast.anna.seats.get()
        Attendance.objects.create(meeting=meeting, delegate=seat, answer=answer, answered_to=meeting.sequence)

    def test_by_whoever_has_said_no(self, cast, meeting, deputy):
        self.say(cast, meeting, Rsvp.NO)
        assert self.ask(cast, meeting, deputy)

    @pytest.mark.parametrize("answer", [None, Rsvp.YES])
    def test_not_before_that(self, cast, meeting, deputy, answer):
        if answer:
            self.say(cast, meeting, answer)
        with refused("Svara först att du inte kommer. Sedan kan du fråga ersättaren."):
            self.ask(cast, meeting, deputy)

    def test_not_by_whoever_said_no_to_the_day_before_a_move(self, cast, meeting, deputy):
        self.say(cast, meeting, Rsvp.NO)
        meeting.sequence += 1
        meeting.save()
        with refused("Svara först att du inte kommer. Sedan kan du fråga ersättaren."):
            self.ask(cast, meeting, deputy)


class TestMaterial:
    URL = "https://exempel.invalid/bilder"

    def link(self, cast, meeting, url=URL, participation=None):
        add_link(meeting=meeting, participation=participation or cast.own, kind="material", url=url, by=cast.anna)

    def file(self, cast, meeting, content=b"En plan.", participation=None):
        file = SimpleUploadedFile("plan.txt", content)
        add_file(meeting=meeting, participation=participation or cast.own, kind="material", file=file, by=cast.anna)

    def test_the_same_link_twice(self, cast, meeting):
        self.link(cast, meeting)
        self.link(cast, meeting, participation=cast.theirs)
        with refused("Länken finns redan här."):
            self.link(cast, meeting)
        assert Material.objects.count() == 2

    def test_the_same_file_twice(self, cast, meeting):
        self.file(cast, meeting)
        self.file(cast, meeting, b"En pla?.")
        self.file(cast, meeting, participation=cast.theirs)
        with refused("Filen finns redan här."):
            self.file(cast, meeting)
        assert Material.objects.count() == 3

    @pytest.mark.parametrize("kind", ["link", "file"])
    def test_no_more_than_there_is_room_for(self, cast, meeting, kind):
        for number in range(AT_MOST):
            self.link(cast, meeting, f"{self.URL}/{number}")
        with refused(f"Det finns redan {AT_MOST} filer och länkar härifrån. Ta bort något först."):
            getattr(self, kind)(cast, meeting)
        self.link(cast, meeting, participation=cast.theirs)
        assert Material.objects.count() == AT_MOST + 1


class TestPreparations:
    def save(self, cast, preparation, **new):
        content = {**content_of(preparation, *PREPARATION), **new}
        return save_preparation(preparation=preparation, seen=seen(preparation, PREPARATION), by=cast.cia, **content)

    def test_the_same_words_for_the_same_people_twice(self, cast, meeting):
        listed = PreparationFactory(meeting=meeting, text="Se filmen")
        new = Preparation(meeting=meeting, text="Se filmen", days_before=listed.days_before + 1)
        with refused("Den förberedelsen finns redan i listan."):
            self.save(cast, new)
        assert self.save(cast, new, function=Function.POLITICIAN).pk != listed.pk

    def test_not_changed_to_the_words_of_another(self, cast, meeting):
        listed, other = PreparationFactory.create_batch(2, meeting=meeting)
        with refused("Den förberedelsen finns redan i listan."):
            self.save(cast, other, text=listed.text)

    def test_what_another_has_removed(self, cast, meeting):
        preparation = PreparationFactory(meeting=meeting)
        Preparation.objects.all().delete()
        with refused("Förberedelsen är borttagen. Gå tillbaka till listan."):
            self.save(cast, preparation, text="Läs boken")
        assert not meeting.preparations.exists()


class TestCopying:
    PARTS = ("agenda", "preparations", "tasks")

    def copy(self, cast, meeting, *parts):
        source = MeetingFactory(cohort=cast.cohort)
        for factory in (AgendaItemFactory, PreparationFactory, HostTaskFactory):
            factory(meeting=source)
        wanted = {part: part in parts for part in self.PARTS}
        return copy_from(meeting=meeting, source=source, by=cast.cia, **wanted)

    @pytest.mark.parametrize("part", PARTS)
    def test_one_part_is_enough(self, cast, meeting, part):
        assert self.copy(cast, meeting, part) == 1

    def test_nothing_is_not(self, cast, meeting):
        with refused("Välj något att kopiera."):
            self.copy(cast, meeting)


class TestSpeaking:
    def save(self, impression, by):
        content = {**content_of(impression, *IMPRESSION), "text": "För lite tid."}
        return save_impression(impression=impression, seen=seen(impression, IMPRESSION), by=by, **content)

    def test_a_persons_own_line_is_changed(self, cast, meeting):
        impression = ImpressionFactory(meeting=meeting, participation=cast.own, written_by=cast.anna)
        assert self.save(impression, cast.anna).text == "För lite tid."

    def test_what_the_person_has_removed(self, cast, meeting):
        impression = ImpressionFactory(meeting=meeting, participation=cast.own, written_by=cast.anna)
        Impression.objects.all().delete()
        with refused("Det du skrev är borttaget."):
            self.save(impression, cast.anna)

    def test_not_a_colleagues(self, cast, meeting):
        impression = ImpressionFactory(meeting=meeting, participation=cast.own, written_by=cast.eva)
        with refused("Det du skrev är borttaget."):
            self.save(impression, cast.anna)
        impression.refresh_from_db()
        assert impression.text != "För lite tid."
