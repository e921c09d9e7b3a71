from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import shown_on
from cohorts.mapping import map_of, map_of_all
from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of

ALL = "alla"


@require_GET
def sweden(request: PageRequest) -> HttpResponse:
    roles = roles_of(request.user)
    cohorts = list(Cohort.objects.visible_to(roles))
    asked = request.GET.get("omgang") or _first(cohorts)
    chosen = next((cohort for cohort in cohorts if cohort.slug == asked), None)
    if chosen is None and asked != ALL:
        raise Http404
    if chosen:
        picture = map_of(chosen)
    else:
        rows = Participation.objects.visible_to(roles).select_related("organisation").order_by("cohort__starts_on")
        counted = [cohort for cohort in cohorts if not cohort.rehearsal]
        picture = map_of_all(counted, [row for row in rows if not row.organisation.rehearsal_id])
    for cohort in [chosen] if chosen else cohorts:
        shown_on(request, cohort)
    crumbs = [cohort_crumb(chosen)] if chosen else []
    context = {"cohorts": cohorts, "chosen": chosen, "picture": picture, "all": ALL, "crumbs": crumbs}
    return render(request, "overview/map/page.html", context)


def _first(cohorts: list[Cohort]) -> str:
    today = timezone.localdate()
    # An omgång that has not begun seldom has anyone on the map.
    begun = [cohort for cohort in cohorts if cohort.starts_on <= today]
    return next((cohort.slug for cohort in [*begun, *cohorts]), ALL)
