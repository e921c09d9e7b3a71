"""What waits for SKR in the omgångar that run: forms without an answer, mail that may not have come, bare meetings."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from cohorts.enums import InterestState
from cohorts.models import Cohort, Interest
from cohorts.roles import Roles
from mailings.enums import MailState
from mailings.models import Mail
from meetings.models import Meeting
from modell.templatetags.swedish import in_words, sentence
from programme.enums import Matter
from programme.following.task import Task, in_order

BARE_WITHIN = timedelta(days=21)
# The kind of mail that carries the letter (mailings/kinds/admission.py).
LETTER = "admission_letter"


def skr_tasks(roles: Roles, today: date) -> list[Task]:
    """For one who works at SKR; of omgångar that are over, nothing."""
    if not roles.is_skr:
        return []
    letters = Mail.objects.filter(kind=LETTER, about=OuterRef("slug"))
    running = Cohort.objects.visible_to(roles).filter(ends_on__gte=today)
    cohorts = list(running.annotate(has_letter=Exists(letters)))
    return in_order([*_interests(cohorts), *_mail(cohorts), *_bare_meetings(cohorts, today)])


def _task(matter: Matter, cohort: Cohort, title: str, why: str, url: str, **more: object) -> Task:
    key = f"{matter}:{cohort.pk}:{url}"
    return Task(key=key, matter=matter, title=title, why=why, url=url, organisation=cohort.name, **more)  # type: ignore[arg-type]


def _interests(cohorts: list[Cohort]) -> Iterator[Task]:
    """Forms without an answer, by the day the board meets where it is set; and those admitted without a letter."""
    found = (
        Interest.objects.filter(cohort__in=cohorts).order_by().values_list("cohort", "state").annotate(n=Count("pk"))
    )
    numbers = {(cohort, state): n for cohort, state, n in found}
    for cohort in cohorts:
        if number := numbers.get((cohort.pk, InterestState.SUBMITTED), 0):
            many = "En intresseanmälan väntar" if number == 1 else f"{_many(number)} intresseanmälningar väntar"
            why = f"{cohort} har anmälningar som ingen har svarat på."
            url = reverse("cohorts:interests", args=[cohort.slug])
            yield _task(Matter.INTEREST, cohort, f"{many} på svar", why, url, due_on=cohort.board_meets_on)
        if numbers.get((cohort.pk, InterestState.ADMITTED)) and not cohort.has_letter:  # type: ignore[attr-defined]
            why = f"Organisationer är antagna till {cohort}, och inget brev är skickat än."
            url = reverse("programme:letter", args=[cohort.slug])
            yield _task(Matter.LETTER, cohort, "Skicka antagningsbrevet", why, url, due_on=cohort.starts_on)


def _many(number: int) -> str:
    return sentence(in_words(number))


def _mail(cohorts: list[Cohort]) -> Iterator[Task]:
    unsure = Mail.objects.filter(state__in=(MailState.UNCERTAIN, MailState.FAILED), resent_as=None)
    slugs = [cohort.slug for cohort in cohorts]
    numbers = dict(unsure.filter(about__in=slugs).order_by().values_list("about").annotate(n=Count("pk")))
    for cohort in cohorts:
        if number := numbers.get(cohort.slug, 0):
            title = "Ett mejl kan ha gått förlorat" if number == 1 else f"{_many(number)} mejl kan ha gått förlorade"
            why = "Sändningen bröts eller togs inte emot. Inget skickas om av sig självt."
            yield _task(Matter.MAIL, cohort, title, why, reverse("programme:mail", args=[cohort.slug]))


def _bare_meetings(cohorts: list[Cohort], today: date) -> Iterator[Task]:
    """Those that come soon and that nobody can find the way to: no hour, or neither place nor link."""
    soon = Meeting.objects.filter(cohort__in=cohorts, cancelled_on=None, starts_on__range=(today, today + BARE_WITHIN))
    bare = soon.filter(Q(starts_at=None) | Q(place="", link="")).select_related("cohort")
    for meeting in bare.order_by("starts_on", "pk"):
        lacks = [
            word
            for word, lacking in (("tid", meeting.starts_at is None), ("plats", not (meeting.place or meeting.link)))
            if lacking
        ]
        title = f"{meeting} saknar {' och '.join(lacks)}"
        why = f"Träffen i {meeting.cohort} är snart, och deltagarna behöver veta."
        yield _task(
            Matter.MEETING, meeting.cohort, title, why, meeting.get_absolute_url(), due_on=meeting.invitation_due_on
        )
