"""SKR's tasks when forms have no answer, or admitted organisations no letter."""

from collections.abc import Iterator, Sequence

from django.db.models import Count
from django.urls import reverse

from admission.enums import InterestState
from admission.mails import ADMISSION_LETTER
from admission.models import Interest, InterestAsk
from cohorts.duty import Matter, Task, skr_task
from cohorts.models import Cohort
from kit.templatetags.swedish import in_words, sentence
from mailings.models import Mail


def skr_duties(cohorts: Sequence[Cohort]) -> Iterator[Task]:
    interests = Interest.objects.filter(cohort__in=cohorts).order_by()
    rows = interests.values_list("cohort", "state").annotate(n=Count("pk"))
    numbers = {(cohort, state): n for cohort, state, n in rows}
    letters = Mail.objects.filter(kind=ADMISSION_LETTER.key, about__in=[cohort.slug for cohort in cohorts])
    is_any_admitted = any(state == InterestState.ADMITTED for _, state in numbers)
    with_letter = set(letters.order_by().values_list("about", flat=True).distinct()) if is_any_admitted else set()
    asks = InterestAsk.objects.filter(cohort__in=cohorts).order_by().values_list("cohort").annotate(n=Count("pk"))
    asked = dict(asks)
    for cohort in cohorts:
        if number := asked.get(cohort.pk, 0):
            yield _unknown(cohort, number)
        if number := numbers.get((cohort.pk, InterestState.SUBMITTED), 0):
            yield _unanswered(cohort, number)
        if numbers.get((cohort.pk, InterestState.ADMITTED)) and cohort.slug not in with_letter:
            why = f"Det finns organisationer som är antagna till {cohort}, men inget brev är skickat än."
            url = reverse("admission:letter", args=[cohort.slug])
            yield skr_task(Matter.LETTER, cohort, "Skicka antagningsbrevet", why, url, cohort.starts_on)


def _unknown(cohort: Cohort, number: int) -> Task:
    who = "En person vill" if number == 1 else f"{sentence(in_words(number))} personer vill"
    why = "Vi känner inte igen adressen som organisationens. Ingen länk är skickad än."
    url = f"{reverse('admission:interests', args=[cohort.slug])}#fragor"
    return skr_task(Matter.INTEREST, cohort, f"{who} skriva en intresseanmälan", why, url)


def _unanswered(cohort: Cohort, number: int) -> Task:
    waiting = "En intresseanmälan väntar" if number == 1 else f"{sentence(in_words(number))} intresseanmälningar väntar"
    why = f"{cohort} har anmälningar som ingen har svarat på."
    url = reverse("admission:interests", args=[cohort.slug])
    return skr_task(Matter.INTEREST, cohort, f"{waiting} på svar", why, url, cohort.board_meets_on)
