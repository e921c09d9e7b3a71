"""Pages of the admission letter: SKR reads the draft, changes its words and sends it; others read what is sent."""

from functools import partial
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.requests import PageRequest
from admission.actions import letter as actions
from admission.forms.letter import ONLY_NEW, SendForm, WordsForm
from admission.letter.letter import as_sent, issues_of, lacking, letter_content, with_words
from admission.letter.material import material_of
from admission.letter.sending import sending_of
from admission.letter.words import COMMON
from admission.models import Letter, LetterIssue
from admission.perms import ADMIT, READ_INTERESTS, READ_LETTER
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort
from cohorts.models import Cohort
from kit.limits import heavy
from kit.pages import ConfirmPage, Crumb, confirmed, draw, posted, store
from kit.pdf import render_pdf
from kit.permissions import may, require
from kit.uploads import gone, is_there


@require_GET
def letter(request: PageRequest, slug: str) -> HttpResponse:
    """Show SKR the letter as it would be sent today, and the organisations the newest one that is sent."""
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "letter")
    require(request.user, READ_LETTER, cohort)
    if not may(request.user, READ_INTERESTS, cohort):
        issues = issues_of(cohort)
        return _read(request, cohort, issues, issues[0] if issues else None)
    material = material_of(cohort)
    content = letter_content(material)
    issues = issues_of(cohort)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort),
        "content": content,
        "lacking": lacking(material) if material.members else [],
        "issues": issues,
        "next": actions.next_issue(content, issues[0] if issues else None),
        "may_admit": may(request.user, ADMIT, cohort),
    }
    return render(request, "admission/letter/letter.html", context)


@require_http_methods(["GET", "POST"])
def letter_words(request: PageRequest, slug: str) -> HttpResponse:
    """Show and save the letter's texts. The preview button stores nothing, and shows the whole letter."""
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "letter")
    require(request.user, ADMIT, cohort)
    stored = getattr(cohort, "letter", None) or Letter(cohort=cohort)
    form = WordsForm(posted(request), letter=stored)
    previewed = None
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            previewed = with_words(material_of(cohort), form.content)
        elif _words_saved(request, cohort, form):
            return redirect("admission:letter", slug)
    context = {"cohort": cohort, "crumbs": _way_to(cohort, here=False), "common": COMMON, "content": previewed}
    return draw(request, "admission/letter/words.html", form, form=form, **context)


def _words_saved(request: PageRequest, cohort: Cohort, form: WordsForm) -> bool:
    values = {"cohort": cohort, "seen": form.cleaned_data["seen"], "content": form.content}
    if not store(request, form, actions.save_words, **values):
        return False
    messages.success(request, "Brevets texter är sparade. Brev som redan är skickade ändras inte.")
    return True


@require_http_methods(["GET", "POST"])
def letter_send(request: PageRequest, slug: str) -> HttpResponse:
    """Ask before the letter is sent; `sett`, then `seen`, is the checksum of the letter that was read."""
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "letter")
    require(request.user, ADMIT, cohort)
    seen = request.POST.get("seen", "") if request.method == "POST" else request.GET.get("sett", "")
    # A letter that has not been read on its page cannot be sent.
    if not seen:
        return redirect("admission:letter", slug)
    material = material_of(cohort)
    sending = sending_of(material, seen)
    page = ConfirmPage(
        "Skicka antagningsbrevet?",
        f"{cohort.name} · version {sending.coming.number}",
        reverse("admission:letter", args=[slug]),
        _way_to(cohort, here=False),
        button="Skicka brevet",
        lead=sending.lead,
        # A second click sends to nobody, and is told so on the letter's page.
        fixed=sending.refusal if request.method == "GET" else "",
        happens=tuple(sending.happens),
        missing=lacking(material),
        readers=(
            "Alla personer i de antagna organisationerna, och mentorernas strateger. Du ser dem i tabellen nedanför.",
        ),
    )
    form = SendForm(posted(request), seen=seen, new=sending.n_new, lacking=len(sending.to_send))
    context = {"people": sending.people, "number": sending.coming.number, "cohort": cohort}
    return confirmed(request, form, page, partial(_send, cohort), str, "admission/letter/send.html", **context)


def _send(cohort: Cohort, *, seen: str, to: str, by: User) -> str:
    with heavy(by):
        number = actions.send_letter(cohort=cohort, seen=seen, by=by, only_new=to == ONLY_NEW)
    return _sent_message(number)


def _sent_message(number: int) -> str:
    if not number:
        return "Alla har redan fått brevet. Inget nytt mejl är skickat."
    return f"Brevet är på väg till {number} {'person' if number == 1 else 'personer'}."


@require_GET
def letter_pdf(request: PageRequest, slug: str) -> HttpResponseBase:
    cohort = get_cohort(request, slug, "contact", "plan__checklist", "letter")
    require(request.user, READ_INTERESTS, cohort)
    content = letter_content(material_of(cohort))
    if content.is_empty:
        return redirect("admission:letter", slug)
    name = actions.file_name(cohort, 1)
    with heavy(request.user):
        data = render_pdf(content.html())
    return FileResponse(BytesIO(data), filename=name, content_type="application/pdf")


@require_GET
def letter_version(request: PageRequest, slug: str, number: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, READ_LETTER, cohort)
    issues = issues_of(cohort)
    return _read(request, cohort, issues, _numbered(issues, number))


def _numbered(issues: list[LetterIssue], number: int) -> LetterIssue:
    issue = next((row for row in issues if row.number == number), None)
    if issue is None:
        raise Http404
    return issue


def _read(request: PageRequest, cohort: Cohort, issues: list[LetterIssue], issue: LetterIssue | None) -> HttpResponse:
    may_see_draft = may(request.user, READ_INTERESTS, cohort)
    context = {
        "cohort": cohort,
        "crumbs": _way_to(cohort, here=False) if may_see_draft else [cohort_crumb(cohort)],
        "issue": issue,
        "content": as_sent(issue) if issue else None,
        "others": [row for row in issues if row != issue],
    }
    return render(request, "admission/letter/read.html", context)


@require_GET
def letter_issue(request: PageRequest, slug: str, number: int) -> HttpResponseBase:
    cohort = get_cohort(request, slug)
    require(request.user, READ_LETTER, cohort)
    issue = _numbered(issues_of(cohort), number)
    if not is_there(issue.file):
        return gone(request, "Var och en som fick brevet har det kvar i sitt mejl.")
    name = actions.file_name(cohort, number)
    return FileResponse(issue.file.open("rb"), filename=name, content_type="application/pdf")


def _way_to(cohort: Cohort, *, here: bool = True) -> list[Crumb]:
    crumbs = [
        cohort_crumb(cohort),
        Crumb(reverse("admission:interests", args=[cohort.slug]), "Intresseanmälningar"),
    ]
    return crumbs if here else [*crumbs, Crumb(reverse("admission:letter", args=[cohort.slug]), "Antagningsbrev")]
