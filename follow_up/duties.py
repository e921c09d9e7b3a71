"""Tasks of one person, collected from the `duties.py` of each app.

The page and the reminders call the same functions, so that a mail never says anything else than the page it opens.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse

from admission import duties as admission
from assessments import duties as assessments
from cohorts.duty import Matter, Task, in_order, skr_task
from cohorts.holders import Holder
from cohorts.models import Cohort
from cohorts.roles import Roles
from follow_up.records import Records
from improvements import duties as improvements
from kit.templatetags.swedish import in_words, sentence
from mailings.models import Mail
from meetings import duties as meetings
from mentoring import duties as mentoring
from people import duties as people
from reports import duties as reports


def tasks_of(holder: Holder, records: Records) -> list[Task]:
    """Return the person's tasks; after the omgång, only reports and questions about another omgång are left."""
    if not holder.participation.cohort.is_open(holder.today):
        return in_order(
            [
                *reports.duties(holder, records.reports),
                *improvements.duties(holder, records.work),
                *mentoring.questions(holder, records.mentoring),
            ]
        )
    return in_order(
        [
            *meetings.duties(holder, records.meetings),
            *assessments.duties(holder, records.assessments, records.meetings),
            *people.duties(holder),
            *reports.duties(holder, records.reports),
            *improvements.goals(holder, records.work),
            *improvements.duties(holder, records.work),
            *mentoring.duties(holder, records.mentoring),
        ]
    )


def skr_tasks(roles: Roles, today: date) -> list[Task]:
    if not roles.is_skr:
        return []
    cohorts = list(Cohort.objects.visible_to(roles).filter(ends_on__gte=today))
    return in_order([*skr_tasks_in(cohorts, today), *people.skr_duties()])


def skr_tasks_in(cohorts: list[Cohort], today: date) -> list[Task]:
    return in_order([*admission.skr_duties(cohorts), *lost_mail(cohorts), *meetings.skr_duties(cohorts, today)])


def lost_mail(cohorts: list[Cohort]) -> Iterator[Task]:
    slugs = [cohort.slug for cohort in cohorts]
    unsure = Mail.objects.unsettled().filter(about__in=slugs)
    numbers = dict(unsure.order_by().values_list("about").annotate(n=Count("pk")))
    for cohort in cohorts:
        if number := numbers.get(cohort.slug, 0):
            many = f"{sentence(in_words(number))} mejl kan ha gått förlorade"
            title = "Ett mejl kan ha gått förlorat" if number == 1 else many
            why = "Mottagaren fick kanske inte mejlet. Skicka igen själv om det behövs."
            yield skr_task(Matter.MAIL, cohort, title, why, reverse("follow_up:mail", args=[cohort.slug]))
