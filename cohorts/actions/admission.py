"""Every write of SKR's to interest forms: the answer, the place in the omgång that a yes gives, the erasure after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cohorts.actions.participation import take_in
from cohorts.actions.people import Newcomer, add_delegate, register
from cohorts.enums import CohortKind, DecisionKind, Role
from cohorts.enums import InterestState as State
from cohorts.interest import mail
from cohorts.interest.moves import erased_from, is_answerable, is_answered
from cohorts.models import Cohort, Interest, Organisation, Participation, PoliticalDecision
from mailings.models import Mail
from modell import audit
from modell.audit import Kind
from modell.refusals import ActionRefused
from modell.templatetags.swedish import day


@dataclass(frozen=True)
class Answer:
    """What the board has decided of one or several interest forms."""

    state: str
    answered_on: date
    answered_by: str
    answer: str

    def stands_in(self, interest: Interest) -> bool:
        stored = (interest.state, interest.answered_on, interest.answered_by, interest.answer)
        return stored == (self.state, self.answered_on, self.answered_by, self.answer)


@transaction.atomic
def answer_interests(*, interests: Iterable[Interest], answer: Answer, reason: str, by: User) -> list[Interest]:
    """Answer those of one meeting of the board, all or none. An answer that is given changes only with a reason."""
    keys = sorted(interest.pk for interest in interests)
    held = Interest.objects.select_for_update(of=("self",)).select_related("cohort__contact", "organisation")
    found = [held.get(pk=key) for key in keys]
    return [interest for interest in found if _answer(interest, answer, reason, by)]


def _answer(interest: Interest, answer: Answer, reason: str, by: User) -> bool:
    """False where the same answer stands there already."""
    if answer.stands_in(interest):
        return False
    _refuse(interest, answer, reason)
    before = interest.get_state_display() if is_answered(interest) else ""
    admits = answer.state == State.ADMITTED and interest.participation_id is None
    interest.state, interest.answer = answer.state, answer.answer
    interest.answered_on, interest.answered_by = answer.answered_on, answer.answered_by
    interest.revision += 1
    if admits:
        interest.participation = _admit(interest, by)
    interest.save()
    told = {"before": before, "after": interest.get_state_display(), "why": reason} if before else {}
    audit.record(
        Kind.INTEREST_ANSWERED,
        target=interest.organisation,
        by=by,
        cohort=interest.cohort.name,
        what=f"{interest.get_state_display()}, {answer.answered_by} {day(answer.answered_on)}",
        **told,
    )
    mail.send_answer(interest, reason if before else "")
    return True


def _refuse(interest: Interest, answer: Answer, reason: str) -> None:
    name = interest.organisation.name
    if not is_answerable(interest):
        raise ActionRefused(f"{name} har en anmälan som inte är inskickad, eller är återtagen. Den kan inte få svar.")
    if interest.participation_id and answer.state != State.ADMITTED:
        raise ActionRefused(
            f"{name} är antagen och har sin plats i omgången. Gäller det inte längre antecknar ni att organisationen "
            "har lämnat omgången.",
            field="state",
        )
    if is_answered(interest) and not reason:
        raise ActionRefused(f"{name} har redan fått ett svar. Skriv varför det ändras.", field="reason")


def _admit(interest: Interest, by: User) -> Participation:
    """A place in the omgång with its political decision, and a seat for each who is named."""
    cohort = Cohort.objects.select_for_update(of=("self",)).get(pk=interest.cohort_id)
    organisation = interest.organisation
    if cohort.participations.filter(organisation=organisation).exists():
        raise ActionRefused(f"{organisation} är redan med i omgången och kan inte antas en gång till.")
    participation = take_in(
        cohort,
        organisation,
        code=code_in(cohort, organisation),
        role=Role.PARTICIPANT,
        joined_on=interest.answered_on if interest.answered_on and interest.answered_on > cohort.starts_on else None,
        through=interest.through,
        both_sides=interest.both_sides,
    )
    audit.record(Kind.PARTICIPATION_ADDED, target=organisation, by=by, cohort=cohort.name)
    if interest.body and interest.decided_on:
        PoliticalDecision.objects.create(
            participation=participation,
            kind=DecisionKind.ENTRY,
            body=interest.body,
            decided_on=interest.decided_on,
            paragraph=interest.paragraph.removeprefix("§").strip(),
            diary_number=interest.diary_number,
            text=interest.decision_text,
            cemr=interest.cemr,
        )
    _give_seats(interest, participation, by)
    return participation


def _give_seats(interest: Interest, participation: Participation, by: User) -> None:
    people = list(interest.people.all())
    register(Newcomer(person.name, person.email, person.function, person.deputy) for person in people)
    for person in people:
        try:
            add_delegate(
                participation=participation,
                name=person.name,
                email=person.email,
                function=person.function,
                deputy=person.deputy,
                by=by,
            )
        except ActionRefused as refusal:
            raise ActionRefused(
                f"{interest.organisation} kan inte antas än. {person.name}, {person.email}: {refusal.sentence}"
            ) from refusal


def code_in(cohort: Cohort, organisation: Organisation) -> str:
    """The code it comes with: one that is both kommun and region is what the omgång is for, in a mixed one a region."""
    if cohort.kind == CohortKind.KOMMUNER and organisation.second_code:
        return organisation.second_code
    return organisation.code


def to_erase(today: date) -> Sequence[Interest]:
    """Those whose time is out and that still name someone."""
    named = Interest.objects.filter(people__isnull=False) | Interest.objects.filter(writers__isnull=False)
    rows = named.distinct().select_related("cohort", "organisation")
    return [interest for interest in rows if erased_from(interest) <= today]


@transaction.atomic
def erase_people(*, interest: Interest) -> None:
    """Names, addresses and links go, and the mails to them; the organisation and the answer stay."""
    interest = (
        Interest.objects.select_for_update(of=("self",)).select_related("cohort", "organisation").get(pk=interest.pk)
    )
    if erased_from(interest) > timezone.localdate():
        return
    gone = interest.people.all().delete()[0] + interest.writers.all().delete()[0]
    mails = Mail.objects.filter(key__startswith=mail.key_of(interest), recipient=None)
    mails.delete()
    if gone:
        about = {"cohort": interest.cohort.name}
        kind = Kind.INTEREST_ERASED
        audit.record_for_one_without_account(kind, who="Modell", target=interest.organisation, data=about)
