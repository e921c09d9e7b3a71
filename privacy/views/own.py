"""What is stored about the person who is signed in: to see, to take with them, and to have erased."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from accounts.requests import PageRequest
from cohorts.roles import roles_of
from kit.exporting import log_export
from kit.limits import heavy
from kit.pages import ConfirmPage, Crumb, form_page, posted, press, store
from kit.responses import PRIVATE_FILE, posted_from
from people.models import ErasureRequest
from privacy.actions.asking import ask_for_erasure, regret_erasure
from privacy.actions.erasing import kept_because
from privacy.export import MEDIA_TYPE, file_of
from privacy.forms import ErasureForm
from privacy.held import EXCEPTIONS, KEEPINGS
from privacy.persons import person_of
from privacy.stored import MOST_ON_PAGE, stored_about

TITLE = "Uppgifter om mig"


@require_GET
def mine(request: PageRequest) -> HttpResponse:
    context = {
        "tables": list(stored_about(person_of(request.user), MOST_ON_PAGE)),
        "asked": ErasureRequest.objects.visible_to(roles_of(request.user)).filter(user=request.user).first(),
    }
    return render(request, "privacy/mine.html", context)


@require_GET
def mine_file(request: PageRequest) -> HttpResponse:
    with heavy(request.user):
        data = file_of(person_of(request.user), timezone.localdate())
    log_export("their own data", by=request.user)
    headers = {"Content-Disposition": 'attachment; filename="uppgifter-om-mig.zip"', "Cache-Control": PRIVATE_FILE}
    return HttpResponse(data, content_type=MEDIA_TYPE, headers=headers)


@require_http_methods(["GET", "POST"])
def ask(request: PageRequest) -> HttpResponse:
    first = kept_because(request.user)
    page = ConfirmPage(
        "Be om att få dina uppgifter raderade",
        TITLE,
        reverse("privacy:mine"),
        [Crumb(reverse("privacy:mine"), TITLE)],
        button="Skicka begäran",
        happens=(
            "SKR får ett mejl, och svarar dig inom en månad.",
            "När SKR raderar tar vi bort ditt namn, din adress, dina mejl och dina inloggningar. Där ditt namn står i "
            "det ni har skrivit står i stället din funktion, till exempel ”en politiker”.",
            "Organisationens arbete finns kvar. Du kan inte längre logga in.",
            "Du kan ta tillbaka din begäran ända till dess att SKR har raderat.",
        ),
        warnings=(f"Det här behöver vara klart innan SKR kan radera: {first}",) if first else (),
    )
    form = ErasureForm(posted(request))
    if store(request, form, ask_for_erasure):
        messages.success(request, "Din begäran är skickad till SKR.")
        return redirect("privacy:mine")
    return form_page(request, "kit/confirm.html", form, page)


def _own_page(request: PageRequest, **_: object) -> str:
    return "privacy:mine"


@posted_from(_own_page)
def regret(request: PageRequest) -> HttpResponse:
    press(request, regret_erasure, "Din begäran är tillbakatagen.")
    return redirect("privacy:mine")


@login_not_required
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Tell anyone how personal data is handled, with the numbers of days that hold now."""
    return render(request, "privacy/how.html", {"keepings": KEEPINGS, "exceptions": EXCEPTIONS})
