"""Test data of the omgång as a process, with explicit defaults; beside tests/factories.py."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from admission.enums import InterestState
from admission.models import Interest, InterestPerson, InterestWriter
from cohorts.enums import Function, MentorModel
from follow_up.models import Mailing
from mailings.models import Mail
from meetings.enums import ImpressionKind, MaterialKind
from meetings.kinds import MeetingKind
from meetings.models import (
    AgendaItem,
    Agreement,
    Attendance,
    HostTask,
    Impression,
    Material,
    Period,
    Preparation,
    Takeaway,
)
from mentoring.enums import MentorAnswer
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion
from planning.models import Edition, EditionStep
from tests.factories import (
    CohortFactory,
    DelegateFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
)


class InterestFactory(DjangoModelFactory):
    class Meta:
        model = Interest

    cohort = factory.SubFactory(CohortFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    state = InterestState.DRAFT


class InterestPersonFactory(DjangoModelFactory):
    class Meta:
        model = InterestPerson

    interest = factory.SubFactory(InterestFactory)
    function = Function.STRATEGIST
    name = factory.Sequence(lambda n: f"Sökande {n}")
    email = factory.Sequence(lambda n: f"sokande{n}@exempel.invalid")


class InterestWriterFactory(DjangoModelFactory):
    class Meta:
        model = InterestWriter

    interest = factory.SubFactory(InterestFactory)
    email = factory.Sequence(lambda n: f"skribent{n}@exempel.invalid")


class MentorQuestionFactory(DjangoModelFactory):
    class Meta:
        model = MentorQuestion

    cohort = factory.SubFactory(CohortFactory)
    participation = factory.SubFactory(ParticipationFactory)
    asked_on = date(2026, 3, 1)


class MentorOfferFactory(DjangoModelFactory):
    class Meta:
        model = MentorOffer

    participation = factory.SubFactory(ParticipationFactory)
    answer = MentorAnswer.YES
    said_on = date(2026, 3, 1)


class MentorAgreementFactory(DjangoModelFactory):
    class Meta:
        model = MentorAgreement

    participation = factory.SubFactory(ParticipationFactory)
    agreed_on = date(2026, 3, 1)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    position = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Punkt {n}")
    minutes = 30


class PreparationFactory(DjangoModelFactory):
    class Meta:
        model = Preparation

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda n: f"Förberedelse {n}")
    days_before = 14
    position = factory.Sequence(lambda n: n)


class HostTaskFactory(DjangoModelFactory):
    class Meta:
        model = HostTask

    meeting = factory.SubFactory(MeetingFactory)
    phase = "before"
    text = factory.Sequence(lambda n: f"Boka lokal {n}")
    position = factory.Sequence(lambda n: n)


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    delegate = factory.SubFactory(DelegateFactory)


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    meeting = factory.SubFactory(MeetingFactory)
    kind = MaterialKind.MATERIAL
    title = factory.Sequence(lambda n: f"Material {n}")
    url = "https://exempel.invalid/material"


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    meeting = factory.SubFactory(MeetingFactory)
    text = factory.Sequence(lambda n: f"Överenskommelse {n}")


class ImpressionFactory(DjangoModelFactory):
    class Meta:
        model = Impression

    meeting = factory.SubFactory(MeetingFactory)
    participation = factory.SubFactory(ParticipationFactory)
    kind = ImpressionKind.PLUS
    text = "Mycket tid att prata."


class TakeawayFactory(DjangoModelFactory):
    class Meta:
        model = Takeaway

    meeting = factory.SubFactory(MeetingFactory)
    participation = factory.SubFactory(ParticipationFactory)
    source = factory.SubFactory(ParticipationFactory)
    text = "En mall för beslutsunderlag."


class PeriodFactory(DjangoModelFactory):
    class Meta:
        model = Period

    cohort = factory.SubFactory(CohortFactory)
    name = "Arbete på hemmaplan"
    position = factory.Sequence(lambda n: n)


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition

    key = factory.Sequence(lambda n: f"koncept-{n}")
    name = factory.Sequence(lambda n: f"Koncept {n}")
    duration_months = 18
    mentor_model = MentorModel.PER_GROUP


class EditionStepFactory(DjangoModelFactory):
    class Meta:
        model = EditionStep

    edition = factory.SubFactory(EditionFactory)
    position = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"Lärandeträff {n}")
    kind = MeetingKind.LEARNING_MEETING
    theme = "Ledning och styrning"
    start_day = 60


# The choice of everybody, as the page of recipients stores it.
EVERYBODY = {
    **dict.fromkeys(("roll", "grupp", "ersattare", "saknar", "traff", "inloggning", "sok"), ""),
    "funktion": [],
    "organisation": [],
}


class MailingFactory(DjangoModelFactory):
    class Meta:
        model = Mailing

    cohort = factory.SubFactory(CohortFactory)
    choice = EVERYBODY
    subject = "Program för [organisation]"
    body = "Här är programmet, [förnamn].\n\n- Ta med er målbild"


class MailFactory(DjangoModelFactory):
    class Meta:
        model = Mail

    key = factory.Sequence(lambda n: f"invitation:{n}")
    kind = "invitation"
    recipient = factory.SubFactory(UserFactory)
    address = factory.LazyAttribute(lambda o: o.recipient.email)
    subject = "Du är inbjuden"
    text = "Hej!"
    html = "<p>Hej!</p>"
    reason = "Du får mejlet för att du är strateg."
    message_id = factory.Sequence(lambda n: f"<{n}@exempel.invalid>")
