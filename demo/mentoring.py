"""Mentorship that the example packages cannot carry: answers of former participants, and one agreement.

All of it is invented, and entered once, when its omgång is loaded.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cohorts.enums import MentorModel
from cohorts.models import Cohort, Participation
from demo.days import RUNNING
from mentoring.enums import MentorAnswer
from mentoring.models import MentorAgreement, MentorOffer

KOMMUNER, REGIONER = "demo-kommuner", "demo-regioner"
AGO = timedelta(days=60)


@dataclass(frozen=True)
class DemoOffer:
    cohort: str
    code: str
    answer: MentorAnswer
    tells_about: str = ""


OFFERS = (
    DemoOffer(
        KOMMUNER,
        "9202",
        MentorAnswer.YES,
        "Hur jämställdhet kom in i budgetarbetet, och varför det första försöket inte höll.",
    ),
    DemoOffer(REGIONER, "97", MentorAnswer.YES, "Könsuppdelad statistik i delårsrapporten."),
    DemoOffer(KOMMUNER, "9302", MentorAnswer.MAYBE, "Att få nämnderna att fråga efter resultat."),
    DemoOffer(KOMMUNER, "9502", MentorAnswer.LATER),
)
AGREED = "94"


def add_mentoring(cohorts: Collection[str]) -> None:
    today = timezone.localdate()
    for offer in OFFERS:
        if offer.cohort in cohorts:
            _answer(offer, today)
    if RUNNING in cohorts:
        # Its three mentors divide the omgång between them by theme.
        Cohort.objects.filter(slug=RUNNING).update(mentor_model=MentorModel.BY_THEME)
        mentor = Participation.objects.get(cohort__slug=RUNNING, code=AGREED)
        MentorAgreement.objects.create(participation=mentor, agreed_on=today - AGO, hours=16)


def _answer(offer: DemoOffer, today: date) -> None:
    participation = Participation.objects.get(cohort__slug=offer.cohort, code=offer.code)
    later = offer.answer == MentorAnswer.LATER
    MentorOffer.objects.create(
        participation=participation,
        answer=offer.answer,
        tells_about=offer.tells_about,
        said_on=today - AGO,
        not_before=today - AGO + timedelta(days=365) if later else None,
    )
