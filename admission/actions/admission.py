"""SKR's writes to interest forms: the board's answer, the place that a yes gives, and erasure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from admission.enums import InterestState as State
from admission.interest import mail
from admission.interest.moves import erased_from, is_answerable, is_answered
from admission.models import Interest
from admission.trail import AdmissionEvent
from cohorts.enums import CohortKind, Role
from cohorts.models import Cohort, Organisation, Participation
from decisions.enums import DecisionKind
from decisions.models import PoliticalDecision
from improvements.judging import take_in_goals
from kit import audit
from kit.refusals import ActionRefused
from kit.templatetags.swedish import day
from mailings.models import Mail
from people.actions.participation import take_in
from people.actions.seats import add, register
from people.newcomers import Newcomer
from people.trail import PeopleEvent


@dataclass(frozen=True)
class BoardAnswer:
    """Holds what the board decided on one or several interest forms."""

    state: str
    answered_on: date
    answered_by: str
    answer: str
    # Without it the people who get seats wait for the admission letter.
    invites: bool = False

    def stands_in(self, interest: Interest) -> bool:
        stored = (interest.state, interest.answered_on, interest.answered_by, interest.answer)
        return stored == (self.state, self.answered_on, self.answered_by, self.answer)


@transaction.atomic
def answer_interests(*, interests: Iterable[Interest], answer: BoardAnswer, reason: str, by: User) -> list[Interest]:
    """Answer all or none, and mail and return those whose answer changed; a changed answer needs a reason."""
    keys = sorted(interest.pk for interest in interests)
    rows = Interest.objects.select_for_update(of=("self",)).select_related("cohort__contact", "organisation")
    # The rows are locked in the order of their keys, so that two answers cannot deadlock.
    locked = [rows.get(pk=key) for key in keys]
    return [interest for interest in locked if _answer(interest, answer, reason, by)]


def _answer(interest: Interest, answer: BoardAnswer, reason: str, by: User) -> bool:
    if answer.stands_in(interest):
        return False
    _refuse(interest, answer, reason)
    before = interest.get_state_display() if is_answered(interest) else ""
    # Only the first yes adds the organisation to the omgång.
    admits = answer.state == State.ADMITTED and interest.participation_id is None
    interest.state, interest.answer = answer.state, answer.answer
    interest.answered_on, interest.answered_by = answer.answered_on, answer.answered_by
    interest.revision += 1
    if admits:
        interest.participation = _admit(interest, by, invites=answer.invites)
    interest.save()
    trail_words = {"before": before, "after": interest.get_state_display(), "why": reason} if before else {}
    audit.record(
        AdmissionEvent.INTEREST_ANSWERED,
        target=interest.organisation,
        by=by,
        cohort=interest.cohort.name,
        what=f"{interest.get_state_display()}, {answer.answered_by} {day(answer.answered_on)}",
        **trail_words,
    )
    mail.send_answer(interest, reason if before else "")
    return True


def _refuse(interest: Interest, answer: BoardAnswer, reason: str) -> None:
    name = interest.organisation.name
    if not is_answerable(interest):
        raise ActionRefused(f"{name} har en anmälan som inte är inskickad, eller är återtagen. Den kan inte få svar.")
    if interest.participation_id and answer.state != State.ADMITTED:
        raise ActionRefused(
            f"{name} är antagen och har sin plats i omgången. Om det inte gäller längre antecknar du att "
            "organisationen har lämnat omgången.",
            field="state",
        )
    if is_answered(interest) and not reason:
        raise ActionRefused(f"{name} har redan fått ett svar. Skriv varför det ändras.", field="reason")


def _admit(interest: Interest, by: User, *, invites: bool) -> Participation:
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
    audit.record(PeopleEvent.PARTICIPATION_ADDED, target=organisation, by=by, cohort=cohort.name)
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
    take_in_goals(participation=participation, goals=interest.goals.splitlines(), on=_set_on(interest), by=by)
    _give_seats(interest, participation, by, invites=invites)
    return participation


def _set_on(interest: Interest) -> date:
    """Return the day on which the goals of the form came in."""
    return timezone.localtime(interest.submitted_at).date() if interest.submitted_at else timezone.localdate()


def _give_seats(interest: Interest, participation: Participation, by: User, *, invites: bool) -> None:
    people = {
        person: Newcomer(person.name, person.email, person.function, person.deputy) for person in interest.people.all()
    }
    # All persons are created before any seat, for the reason that `register` gives.
    register(people.values())
    for person, newcomer in people.items():
        try:
            add(participation=participation, newcomer=newcomer, by=by, invited=invites)
        except ActionRefused as refusal:
            raise ActionRefused(
                f"{interest.organisation} kan inte antas än. {person.name}, {person.email}: {refusal.sentence}"
            ) from refusal


def code_in(cohort: Cohort, organisation: Organisation) -> str:
    """Return the code it takes part under: in a mixed omgång an organisation with two codes is a region."""
    if cohort.kind == CohortKind.KOMMUNER and organisation.second_code:
        return organisation.second_code
    return organisation.code


def to_erase(today: date) -> Sequence[Interest]:
    """Return the forms whose time is out and that still name someone."""
    named = Interest.objects.filter(people__isnull=False) | Interest.objects.filter(writers__isnull=False)
    rows = named.distinct().select_related("cohort", "organisation")
    return [interest for interest in rows if erased_from(interest) <= today]


@transaction.atomic
def erase_people(*, interest: Interest) -> None:
    """Delete names, addresses, links and the mails to them; the organisation and the answer stay."""
    interest = (
        Interest.objects.select_for_update(of=("self",)).select_related("cohort", "organisation").get(pk=interest.pk)
    )
    # The day is checked again under the lock, since a new answer may have moved it.
    if erased_from(interest) > timezone.localdate():
        return
    gone = interest.people.all().delete()[0] + interest.writers.all().delete()[0]
    mails = Mail.objects.filter(key__startswith=mail.key_of(interest), recipient=None)
    mails.delete()
    if gone:
        about = {"cohort": interest.cohort.name}
        kind = AdmissionEvent.INTEREST_ERASED
        audit.record_without_account(kind, who="Modell", target=interest.organisation, data=about)
