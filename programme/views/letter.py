"""SKR's pages of the admission letter: as it stands, its words, and the sending after a look at who gets it."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from modell.responses import refuse
from modell.staleness import content_of
from programme.letter import actions
from programme.letter.forms import WordsForm
from programme.letter.letter import issues_of, lacking, letter_content
from programme.letter.reading import read
from programme.letter.recipients import recipients
from programme.models import Letter
from reports.pdf import render_pdf


@require_GET
def letter(request: PageRequest, slug: str) -> HttpResponse:
    """The letter as it would be sent now, what is lacking in it, and the versions that have been sent."""
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "letter")
    require(request.user, Perm.READ_INTERESTS, cohort)
    found = read(cohort)
    content = letter_content(found)
    issues = issues_of(cohort)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort),
        "content": content,
        "lacking": lacking(found) if found.members else [],
        "issues": issues,
        "next": actions.next_issue(content, issues[0] if issues else None),
        "may_admit": may(request.user, Perm.ADMIT, cohort),
    }
    return render(request, "programme/letter/letter.html", context)


@require_http_methods(["GET", "POST"])
def letter_words(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.ADMIT, cohort)
    row = getattr(cohort, "letter", None) or Letter(cohort=cohort)
    form = WordsForm(request.POST if request.method == "POST" else None, stored=content_of(row, *actions.WORDS))
    if request.method == "POST" and form.is_valid():
        content = dict(form.cleaned_data)
        try:
            actions.save_words(cohort=cohort, seen=content.pop("seen"), content=content, by=request.user)
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Brevets texter är sparade.")
            return redirect("programme:letter", slug)
    context = {"cohort": cohort, "crumbs": _way_to(cohort, here=False), "form": form}
    return render(request, "programme/letter/words.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def letter_send(request: PageRequest, slug: str) -> HttpResponse:
    """Exactly who gets it, before it goes. `sett` is the sum of the letter that was read on its page."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.ADMIT, cohort)
    if request.method == "POST":
        return _send(request, cohort)
    seen = request.GET.get("sett", "")
    if not seen:
        return redirect("programme:letter", slug)
    number = actions.number_of(seen, next(iter(issues_of(cohort)), None))
    people = recipients(cohort, number)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort, here=False),
        "seen": seen,
        "number": number,
        "people": people,
        "to_send": sum(not one.has_it for one in people),
    }
    return render(request, "programme/letter/send.html", context)


def _send(request: PageRequest, cohort: Cohort) -> HttpResponse:
    try:
        number = actions.send_letter(cohort=cohort, seen=request.POST.get("seen", ""), by=request.user)
    except ActionRefused as refusal:
        return refuse(request, refusal, "programme:letter", cohort.slug)
    messages.success(request, _told(number))
    return redirect("programme:letter", cohort.slug)


def _told(number: int) -> str:
    if not number:
        return "Alla har redan fått den här versionen. Inget nytt mejl är skickat."
    return f"Brevet är på väg till {number} {'person' if number == 1 else 'personer'}."


@require_GET
def letter_pdf(request: PageRequest, slug: str) -> HttpResponseBase:
    """As it stands now, marked as working material until it is sent."""
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "letter")
    require(request.user, Perm.READ_INTERESTS, cohort)
    content = letter_content(read(cohort))
    if content.is_empty:
        return redirect("programme:letter", slug)
    name = actions.file_name(cohort, 1)
    return FileResponse(BytesIO(render_pdf(content.html())), filename=name, content_type="application/pdf")


@require_GET
def letter_issue(request: PageRequest, slug: str, number: int) -> FileResponse:
    """A version as it was sent."""
    cohort = get_cohort(request, slug)
    require(request.user, Perm.READ_INTERESTS, cohort)
    issue = next((one for one in issues_of(cohort) if one.number == number), None)
    if issue is None:
        raise Http404
    name = actions.file_name(cohort, number)
    return FileResponse(issue.file.open("rb"), filename=name, content_type="application/pdf")


def _way_to(cohort: Cohort, *, here: bool = True) -> list[dict[str, str]]:
    crumbs = [
        {"url": cohort.get_absolute_url(), "label": cohort.name},
        {"url": reverse("cohorts:interests", args=[cohort.slug]), "label": "Intresseanmälningar"},
    ]
    return (
        crumbs
        if here
        else [*crumbs, {"url": reverse("programme:letter", args=[cohort.slug]), "label": "Antagningsbrev"}]
    )
