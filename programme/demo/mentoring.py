"""What the example packages cannot carry of mentorship: what former participants say, and a yes to the task.

All of it is invented, and entered once, when its omgång is loaded.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cohorts.enums import MentorAnswer, MentorModel
from cohorts.models import Cohort, MentorAgreement, MentorOffer, Participation
from programme.demo.days import RUNNING

KOMMUNER, REGIONER = "demo-kommuner", "demo-regioner"
AGO = timedelta(days=60)


@dataclass(frozen=True)
class Said:
    cohort: str
    code: str
    answer: MentorAnswer
    tells_about: str = ""


SAID = (
    Said(
        KOMMUNER,
        "9202",
        MentorAnswer.YES,
        "Hur jämställdhet kom in i budgetarbetet, och varför det första försöket inte höll.",
    ),
    Said(REGIONER, "97", MentorAnswer.YES, "Könsuppdelad statistik i delårsrapporten."),
    Said(KOMMUNER, "9302", MentorAnswer.MAYBE, "Att få nämnderna att fråga efter resultat."),
    Said(KOMMUNER, "9502", MentorAnswer.LATER),
)
AGREED = "94"


def add_mentoring(cohorts: Collection[str]) -> None:
    today = timezone.localdate()
    for said in SAID:
        if said.cohort in cohorts:
            _answer(said, today)
    if RUNNING in cohorts:
        # Its three mentors share it by theme.
        Cohort.objects.filter(slug=RUNNING).update(mentor_model=MentorModel.BY_THEME)
        mentor = Participation.objects.get(cohort__slug=RUNNING, code=AGREED)
        MentorAgreement.objects.create(participation=mentor, agreed_on=today - AGO, hours=16)


def _answer(said: Said, today: date) -> None:
    participation = Participation.objects.get(cohort__slug=said.cohort, code=said.code)
    later = said.answer == MentorAnswer.LATER
    MentorOffer.objects.create(
        participation=participation,
        answer=said.answer,
        tells_about=said.tells_about,
        said_on=today - AGO,
        not_before=today - AGO + timedelta(days=365) if later else None,
    )
