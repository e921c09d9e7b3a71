from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from cohorts.actions import mentoring as actions
from cohorts.fetch import get_cohort, get_participation
from cohorts.forms.mentoring import AddForm, AskForm
from cohorts.mentoring import estimate_for
from cohorts.models import Cohort
from cohorts.roles import roles_of
from modell.http import PageRequest
from modell.permissions import Perm, may, require
from modell.refusals import ActionRefused
from programme.mentoring.before import before_meeting
from programme.mentoring.pool import ANSWERS, Candidate, pool_of
from programme.mentoring.thanks import thanks_content, thanks_letter
from programme.mentoring.willing import by_will, rows_of
from reports.pdf import render_pdf


@require_GET
def mentors(request: PageRequest, slug: str) -> HttpResponse:
    """Who is mentor in the omgång, and who could be: what they say, tell about and already carry."""
    cohort = _pool_of_cohort(request, slug)
    today = timezone.localdate()
    pool = pool_of(cohort, today)
    answer, words = request.GET.get("svar", ""), request.GET.get("om", "")
    candidates = pool.narrowed(answer, words)
    context = {
        "cohort": cohort,
        "crumbs": [{"url": cohort.get_absolute_url(), "label": cohort.name}],
        "pool": pool,
        "candidates": candidates,
        "is_narrowed": bool(answer or words.strip()),
        "rows": rows_of(candidates, today),
        "willing": by_will(candidates, today),
        "answers": ANSWERS,
        "answer": answer,
        "words": words,
        "today": today,
        "may_add": cohort.is_open(today) and cohort.has_mentors,
        "may_bring": cohort.has_mentors and may(request.user, Perm.ADD_PARTICIPATION, cohort),
    }
    return render(request, "programme/mentoring/mentors.html", context)


@require_http_methods(["GET", "POST"])
def mentor_ask(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Ask one organisation of the pool; the page shows what the mail says and who gets it."""
    cohort = _pool_of_cohort(request, slug)
    candidate = _candidate(cohort, code)
    estimate = estimate_for(cohort, list(cohort.meetings.learning()))
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = candidate.participation
        try:
            actions.ask_mentor(
                cohort=cohort, participation=asked, estimate=estimate, by=request.user, **form.cleaned_data
            )
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"Frågan är skickad till {candidate.name}.")
            return redirect("programme:mentors", slug)
    context = {"cohort": cohort, "candidate": candidate, "form": form, "crumbs": _way_to(cohort)}
    context |= {"estimate": estimate, "people": actions.strategists(candidate.participation)}
    return render(request, "programme/mentoring/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def mentor_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Take one organisation of the pool into the omgång."""
    cohort = _pool_of_cohort(request, slug)
    there = cohort.participations.exclude(role="participant").filter(code=code).first()
    if request.method == "POST" and there:  # a second click
        return redirect("programme:mentors", slug)
    candidate = _candidate(cohort, code)
    form = AddForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_mentor(cohort=cohort, source=candidate.participation, by=request.user, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"{candidate.name} är mentor i omgången. Välj grupp under Grupper.")
            return redirect("programme:mentors", slug)
    context = {"cohort": cohort, "candidate": candidate, "form": form, "crumbs": _way_to(cohort)}
    return render(request, "programme/mentoring/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def mentor_thank(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """What the letter says and who gets it; sent once."""
    cohort = _pool_of_cohort(request, slug)
    participation = get_participation(request, slug, code, "cohort__contact", "mentor_agreement")
    if participation.is_participant:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            letter = thanks_letter(participation, timezone.localdate())
            actions.thank_mentor(participation=participation, letter=letter, by=request.user)
        except ActionRefused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, f"Tackbrevet är skickat till {participation}.")
            return redirect("programme:mentors", slug)
    context = {"cohort": cohort, "participation": participation, "refusal": refusal, "crumbs": _way_to(cohort)}
    context |= {
        "letter": thanks_content(participation, timezone.localdate()),
        "people": actions.current_people(participation),
    }
    return render(request, "programme/mentoring/thank.html", context, status=422 if refusal else 200)


@require_GET
def mentor_letter(request: PageRequest, slug: str, code: str) -> FileResponse:
    """The letter as PDF: for SKR before it is sent, for the mentor itself afterwards."""
    participation = get_participation(request, slug, code, "cohort__contact", "mentor_agreement")
    if not may(request.user, Perm.READ_MENTOR_POOL, participation.cohort):
        require(request.user, Perm.READ_MENTORING, participation)
        if participation.thanked_on is None:
            raise Http404
    content = thanks_content(participation, timezone.localdate())
    if participation.is_participant or content.is_empty:
        raise Http404
    return FileResponse(BytesIO(render_pdf(content.html())), filename=content.file_name, content_type="application/pdf")


@require_GET
def mentored(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    """A mentor's ten minutes before it meets one of its groups."""
    participation = get_participation(request, slug, code)
    require(request.user, Perm.PREPARE_AS_MENTOR, participation)
    mentorship = get_object_or_404(participation.mentorships.select_related("group"), group__key=key)
    mentorship.participation = participation
    roles = roles_of(request.user)
    context = {
        "participation": participation,
        "crumbs": [{"url": reverse("home"), "label": "Mentorskap"}],
        "before": before_meeting(
            mentorship, roles, roles.functions_in(participation.organisation_id), timezone.localdate()
        ),
    }
    return render(request, "programme/mentoring/mentored.html", context)


def _pool_of_cohort(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug)
    require(request.user, Perm.READ_MENTOR_POOL, cohort)
    return cohort


def _candidate(cohort: Cohort, code: str) -> Candidate:
    """By the code it came with in any of its omgångar."""
    candidates = pool_of(cohort, timezone.localdate()).candidates
    found = next((each for each in candidates if code in {row.code for row in each.rounds}), None)
    if found is None:
        raise Http404
    return found


def _way_to(cohort: Cohort) -> list[dict[str, str]]:
    return [
        {"url": cohort.get_absolute_url(), "label": cohort.name},
        {"url": reverse("programme:mentors", args=[cohort.slug]), "label": "Mentorer"},
    ]
