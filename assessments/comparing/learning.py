"""Vem kan vi lära av? For each low item, the organisations that stand high and have said that they gladly tell.

An organisation without consent leaves no trace: it is not counted, hinted at or given an empty place. The own group
comes first, then the omgång, then the others, alphabetically within each: never by value.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from django.db.models import Max, OuterRef, Subquery

from accounts.models import User
from assessments.models import Assessment, Score
from checklist.lineage import Lineage
from checklist.models import Item, Step
from cohorts.enums import Function, Status
from cohorts.models import Delegate, GroupMentor, Organisation, Participation
from cohorts.perms import READ_PEOPLE
from cohorts.roles import Roles, roles_of
from kit.ordering import swedish
from kit.permissions import may
from kit.templatetags.swedish import in_words, sentence

HALF, WHOLE = Decimal("0.5"), Decimal(1)


class Near(IntEnum):
    """Nearness of the other organisation; the list is sorted by it."""

    GROUP = 0
    MENTOR = 1
    COHORT = 2
    ELSEWHERE = 3


@dataclass(frozen=True)
class Teacher:
    """An organisation that gladly tells, with the words it shares; `value` is None unless the reader may read it.

    `year` is that of the value, and `contacts` are the organisation's strategists of today, whom one can write to.
    """

    participation: Participation
    near: Near
    value: Decimal | None
    highest_step: int
    comment: str
    year: int | None
    contacts: tuple[User, ...]
    may_read_people: bool

    @property
    def name(self) -> str:
        return self.participation.organisation.name

    @property
    def is_near(self) -> bool:
        return self.near in (Near.GROUP, Near.MENTOR)

    @property
    def where(self) -> str:
        cohort = self.participation.cohort.name
        places = {Near.GROUP: "i samma grupp", Near.MENTOR: "mentor för gruppen", Near.COHORT: "i samma omgång"}
        return places.get(self.near, f"i {cohort}")


@dataclass(frozen=True)
class Lesson:
    """An item where the organisation stands low, with the organisations to learn it from."""

    item: Item
    value: Decimal
    teachers: tuple[Teacher, ...]


@dataclass(frozen=True)
class Learning:
    """Lessons from the last submitted assessment; `assessment` is None if the reader may see none."""

    assessment: Assessment | None
    highest_step: int = 0
    lessons: tuple[Lesson, ...] = ()

    @property
    def taught(self) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.lessons if lesson.teachers)

    @property
    def untaught(self) -> tuple[Lesson, ...]:
        return tuple(lesson for lesson in self.lessons if not lesson.teachers)

    @property
    def headline(self) -> str:
        if not self.taught:
            return "Vem kan vi lära av?"
        names = {teacher.participation.organisation_id for lesson in self.taught for teacher in lesson.teachers}
        who = "En organisation" if len(names) == 1 else f"{sentence(in_words(len(names)))} organisationer"
        return f"{who} kan berätta om det ni vill utveckla."


def stands_low(value: Decimal, highest_step: int) -> bool:
    # This is not the lower half of the scale: on every scale the step below the highest says that something exists "men
    # behöver utvecklas", and that is where there is something to learn.
    return value <= highest_step - WHOLE


def stands_high(value: Decimal, highest_step: int) -> bool:
    return value >= highest_step - HALF


def learning_for(participation: Participation, user: User, today: date) -> Learning:
    roles = roles_of(user)
    assessment = _last_of(participation.organisation, roles)
    if assessment is None:
        return Learning(None)
    tops = _highest_steps()
    highest_step = tops[assessment.checklist_id]
    low = [
        (score.item, score.value)
        for score in assessment.scores.all()
        if score.value is not None and stands_low(score.value, highest_step)
    ]
    lineage = Lineage.read()
    same = {item.pk: lineage.same_as(item) for item, _ in low}
    glad = _glad(participation, {pk for ids in same.values() for pk in ids}, tops)
    readable = frozenset(
        Participation.objects.whose_work_is_read_by(roles)
        .filter(pk__in=[score.assessment.participation_id for score, _ in glad])
        .values_list("pk", flat=True)
    )
    contacts = _strategists({score.assessment.participation.organisation_id for score, _ in glad}, today)
    mentors = frozenset(GroupMentor.objects.filter(group=participation.group).values_list("participation", flat=True))
    lessons = []
    for item, value in low:
        teachers = [
            _teacher(
                score, highest, _near(participation, score.assessment.participation, mentors), readable, contacts, user
            )
            for score, highest in glad
            if score.item_id in same[item.pk]
        ]
        lessons.append(
            Lesson(item, value, tuple(sorted(teachers, key=lambda teacher: (teacher.near, swedish(teacher.name)))))
        )
    return Learning(assessment, highest_step, tuple(lessons))


def _last_of(organisation: Organisation, roles: Roles) -> Assessment | None:
    submitted = (
        Assessment.objects.visible_to(roles).submitted().whole().filter(participation__organisation=organisation)
    )
    related = ("meeting", "checklist", "participation__cohort")
    return submitted.select_related(*related).with_scores().in_time().last()


def _glad(participation: Participation, item_ids: Iterable[int], tops: Mapping[int, int]) -> list[tuple[Score, int]]:
    """Return the high scores on these items whose organisations gladly tell, from the last assessment of each."""
    ordered = Assessment.objects.submitted().whole().filter(participation__organisation=OuterRef("pk")).in_time()
    last = Subquery(ordered.reverse().values("pk")[:1])
    others = (
        Organisation.objects.known_in(participation.cohort)
        .exclude(pk=participation.organisation_id)
        .annotate(last=last)
    )
    # Invented organisations are shown to each other only. One that has left the omgång has nobody to ask.
    scores = Score.objects.filter(
        glad_to_tell=True,
        item__in=list(item_ids),
        assessment__in=others.values("last"),
        assessment__participation__cohort__constructed=participation.cohort.constructed,
    ).exclude(assessment__participation__status=Status.WITHDRAWN)
    related = (
        "item",
        "assessment__participation__organisation",
        "assessment__participation__cohort",
        "assessment__meeting",
    )
    rated = [(score, tops[score.item.checklist_id]) for score in scores.select_related(*related)]
    return [(score, top) for score, top in rated if score.value is not None and stands_high(score.value, top)]


def _highest_steps() -> dict[int, int]:
    return dict(Step.objects.order_by().values_list("checklist").annotate(Max("value")))


def _strategists(organisations: Iterable[int], today: date) -> Mapping[int, tuple[User, ...]]:
    delegates = Delegate.objects.current(today).filter(
        function=Function.STRATEGIST, user__is_active=True, participation__organisation__in=list(organisations)
    )
    by_organisation: dict[int, dict[int, User]] = {}
    for delegate in delegates.select_related("user", "participation").order_by("pk"):
        by_organisation.setdefault(delegate.participation.organisation_id, {})[delegate.user_id] = delegate.user
    return {organisation: tuple(users.values()) for organisation, users in by_organisation.items()}


def _teacher(
    score: Score,
    highest_step: int,
    near: Near,
    readable: frozenset[int],
    contacts: Mapping[int, tuple[User, ...]],
    user: User,
) -> Teacher:
    theirs = score.assessment.participation
    day = score.assessment.day
    may_read = theirs.pk in readable
    return Teacher(
        participation=theirs,
        near=near,
        value=score.value if may_read else None,
        highest_step=highest_step,
        comment=score.comment if score.shared else "",
        year=day.year if day else None,
        contacts=contacts.get(theirs.organisation_id, ()),
        may_read_people=may(user, READ_PEOPLE, theirs),
    )


def _near(learner: Participation, theirs: Participation, mentors: frozenset[int]) -> Near:
    if theirs.pk in mentors:
        return Near.MENTOR
    if theirs.cohort_id != learner.cohort_id:
        return Near.ELSEWHERE
    return Near.GROUP if learner.group_id and theirs.group_id == learner.group_id else Near.COHORT
