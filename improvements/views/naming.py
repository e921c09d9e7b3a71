from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from improvements import actions
from improvements.forms import NamingForm
from improvements.models import Improvement
from improvements.perms import ANSWER_NAMING
from kit.pages import ConfirmPage, confirmed, posted
from kit.permissions import require

THANKS = "Tack för svaret. Ni kan ändra det tills rapporten är inlämnad."


@require_http_methods(["GET", "POST"])
def naming(request: PageRequest, pk: int) -> HttpResponse:
    """Ask the organisation that had an idea whether it may be named where the idea is published."""
    lent = Improvement.objects.lent_by(roles_of(request.user))
    related = ("participation__organisation", "participation__cohort", "borrowed_from")
    work = get_object_or_404(lent.select_related(*related), pk=pk)
    shown_on(request, work.participation.cohort)
    require(request.user, ANSWER_NAMING, work)
    who = work.participation.organisation
    page = ConfirmPage(
        f"Får {who} nämna er?",
        str(work.borrowed_from),
        _back(request, work),
        lead=f"De har provat er idé i förbättringsarbetet ”{work.title}” och vill publicera det i sin resultatrapport.",
        button="Svara",
        happens=(
            f"Säger ni ja står det ”Idén kommer från {work.borrowed_from}” i rapporten.",
            "Säger ni nej, eller inte svarar, står det ”Idén kommer från en annan organisation”.",
        ),
        readers=("Vem som helst kan läsa rapporten när den är publicerad.",),
    )
    form = NamingForm(posted(request), initial={"agrees": work.lender_agrees})
    return confirmed(request, form, page, partial(actions.answer_naming, improvement=work), THANKS)


def _back(request: PageRequest, work: Improvement) -> str:
    """Return the page of the omgång, where the lender is in it: an idea may come from another one."""
    cohort = work.participation.cohort
    return cohort.get_absolute_url() if cohort.pk in roles_of(request.user).cohort_ids else reverse("home")
