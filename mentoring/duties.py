"""The tasks about mentorship in "Mina uppgifter"."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from cohorts.duty import Matter, Task
from cohorts.enums import Function, MentorModel
from cohorts.holders import Holder
from cohorts.models import Cohort, GroupMentor, Participation
from mentoring.models import MentorAgreement, MentorOffer, MentorQuestion


@dataclass(frozen=True)
class MentoringRecords:
    """`mentoring` and `agreed` hold participations; `asked` holds the omgångar each is asked to mentor in."""

    mentoring: frozenset[int]
    agreed: frozenset[int]
    asked: Mapping[int, list[Cohort]]

    def is_to_agree(self, participation: Participation) -> bool:
        """True if the mentor has not said yes to its task. One without a group has nothing to agree to yet."""
        return (
            participation.cohort.has_mentors
            and participation.pk in self.mentoring
            and participation.pk not in self.agreed
        )


def read_mentoring(participations: Sequence[Participation], today: date) -> MentoringRecords:
    pks = [row.pk for row in participations]
    asked: dict[int, list[Cohort]] = defaultdict(list)
    for question in _unanswered(pks, today).select_related("cohort").order_by("cohort"):
        asked[question.participation_id].append(question.cohort)
    rows = Participation.objects.filter(pk__in=pks).order_by()
    known = rows.values_list("pk", _has(GroupMentor), _has(MentorAgreement))
    return MentoringRecords(
        mentoring=frozenset(pk for pk, mentors, _ in known if mentors),
        agreed=frozenset(pk for pk, _, agreed in known if agreed),
        asked=dict(asked),
    )


def _has(model: type[GroupMentor] | type[MentorAgreement]) -> Exists:
    return Exists(model._default_manager.filter(participation=OuterRef("pk")))


def _unanswered(pks: list[int], today: date) -> QuerySet[MentorQuestion]:
    """Return open questions about mentoring. An organisation that has joined the cohort counts as having answered."""
    answers = MentorOffer.objects.filter(participation=OuterRef("participation"), said_on__gte=OuterRef("asked_on"))
    joined = Participation.objects.filter(
        cohort=OuterRef("cohort"), organisation=OuterRef("participation__organisation")
    )
    asked = MentorQuestion.objects.filter(participation__in=pks, cohort__ends_on__gte=today)
    return asked.exclude(cohort__mentor_model=MentorModel.NONE).exclude(Exists(answers) | Exists(joined))


def duties(holder: Holder, records: MentoringRecords) -> Iterator[Task]:
    yield from agreement(holder, records)
    yield from questions(holder, records)


def agreement(holder: Holder, records: MentoringRecords) -> Iterator[Task]:
    participation = holder.participation
    if records.is_to_agree(participation) and holder.answers_for(Function.STRATEGIST):
        why = f"Du är {holder.whose}, som är mentor i {participation.cohort}."
        url = reverse("mentoring:mentor", args=holder.place)
        yield holder.task(Matter.MENTOR, "agreement", "Läs vad mentorn gör och säg ja till uppdraget", why, url)


def questions(holder: Holder, records: MentoringRecords) -> Iterator[Task]:
    """Yield a task in the omgång the organisation has been through, since its answer is given there."""
    if not holder.answers_for(Function.STRATEGIST):
        return
    for cohort in records.asked.get(holder.participation.pk, []):
        title = f"Svara SKR om {holder.participation.organisation.name} vill vara mentor i {cohort.name}"
        why = f"Du är {holder.whose}. Att vara mentor är frivilligt, och ett nej är också ett svar."
        url = reverse("mentoring:mentor", args=holder.place)
        yield holder.task(Matter.MENTOR, f"question.{cohort.pk}", title, why, url)
