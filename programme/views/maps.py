from django.http import Http404, HttpResponse
from django.shortcuts import render

from cohorts.fetch import shown_on
from cohorts.models import Cohort, Participation
from cohorts.roles import roles_of
from modell.http import PageRequest
from programme.mapping import map_of, map_of_all

ALL = "alla"


def sweden(request: PageRequest) -> HttpResponse:
    """Sweden with an omgång's organisations, or those of all the omgångar one may see."""
    roles = roles_of(request.user)
    cohorts = list(Cohort.objects.visible_to(roles))
    asked = request.GET.get("omgang") or (cohorts[0].slug if cohorts else ALL)
    chosen = next((cohort for cohort in cohorts if cohort.slug == asked), None)
    if chosen is None and asked != ALL:
        raise Http404
    if chosen:
        picture = map_of(chosen)
    else:
        rows = Participation.objects.visible_to(roles).select_related("organisation").order_by("cohort__starts_on")
        picture = map_of_all(cohorts, list(rows))
    for cohort in [chosen] if chosen else cohorts:
        shown_on(request, cohort)
    context = {"cohorts": cohorts, "chosen": chosen, "picture": picture, "all": ALL}
    return render(request, "programme/map/page.html", context)
