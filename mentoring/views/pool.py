from functools import partial
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.enums import MentorModel
from cohorts.fetch import get_cohort, get_participation
from cohorts.models import Cohort
from cohorts.roles import roles_of
from kit.limits import heavy
from kit.pages import Crumb, draw, posted, store
from kit.pdf import render_pdf
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import makes_new
from mentoring import actions
from mentoring.asking_order import by_will, rows_of
from mentoring.before_meeting import before_meeting
from mentoring.forms import AddForm, AskForm
from mentoring.load import estimate_for
from mentoring.perms import PREPARE_AS_MENTOR, READ_MENTOR_POOL, READ_MENTORING
from mentoring.pool import ANSWERS, Candidate, pool_of
from mentoring.thanks import thanks_content, thanks_letter
from mentoring.themes import bare_themes
from people.perms import ADD_PARTICIPATION

PER_PAGE = 50


@require_GET
def mentors(request: PageRequest, slug: str) -> HttpResponse:
    cohort = _pool_of_cohort(request, slug)
    today = timezone.localdate()
    pool = pool_of(cohort, today)
    answer, words = request.GET.get("svar", ""), request.GET.get("om", "")
    candidates = pool.narrowed(answer, words)
    page = Paginator(candidates, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "cohort": cohort,
        "crumbs": [cohort_crumb(cohort)],
        "pool": pool,
        "mentors": Paginator(pool.mentors, PER_PAGE).get_page(request.GET.get("mentorer")),
        "page": page,
        "is_narrowed": bool(answer or words.strip()),
        "rows": rows_of(page, today),
        "willing": by_will(candidates, today),
        "answers": ANSWERS,
        "answer": answer,
        "words": words,
        "today": today,
        "may_add": cohort.is_open(today) and cohort.has_mentors,
        "may_share": bool(pool.mentors) and cohort.mentor_model == MentorModel.BY_THEME,
        "bare": bare_themes(cohort, today) if pool.mentors and cohort.is_open(today) else [],
        "may_bring": cohort.has_mentors and may(request.user, ADD_PARTICIPATION, cohort),
    }
    return render(request, "mentoring/mentors.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def mentor_ask(request: PageRequest, slug: str, code: str) -> HttpResponse:
    cohort = _pool_of_cohort(request, slug)
    candidate = _candidate(cohort, code)
    estimate = estimate_for(cohort, list(cohort.meetings.learning()))
    form = AskForm(posted(request))
    ask = partial(actions.ask_mentor, cohort=cohort, participation=candidate.participation, estimate=estimate)
    if store(request, form, ask):
        messages.success(request, f"Frågan är skickad till {candidate.name}.")
        return redirect("mentoring:mentors", slug)
    context = {"cohort": cohort, "candidate": candidate, "form": form, "crumbs": _way_to(cohort)}
    context |= {"estimate": estimate, "people": actions.strategists(candidate.participation)}
    return draw(request, "mentoring/ask.html", form, **context)


@require_http_methods(["GET", "POST"])
def mentor_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    cohort = _pool_of_cohort(request, slug)
    there = cohort.participations.exclude(role="participant").filter(code=code).first()
    if request.method == "POST" and there:  # this is a second click
        return redirect("mentoring:mentors", slug)
    candidate = _candidate(cohort, code)
    form = AddForm(posted(request))
    if store(request, form, partial(actions.add_mentor, cohort=cohort, source=candidate.participation)):
        messages.success(request, f"{candidate.name} är mentor i omgången. Välj grupp under Grupper.")
        return redirect("mentoring:mentors", slug)
    context = {"cohort": cohort, "candidate": candidate, "form": form, "crumbs": _way_to(cohort)}
    return draw(request, "mentoring/add.html", form, **context)


@require_http_methods(["GET", "POST"])
def mentor_thank(request: PageRequest, slug: str, code: str) -> HttpResponse:
    cohort = _pool_of_cohort(request, slug)
    participation = get_participation(request, slug, code, "cohort__contact", "mentor_agreement")
    if participation.is_participant:
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            with heavy(request.user):
                letter = thanks_letter(participation, timezone.localdate())
            actions.thank_mentor(participation=participation, letter=letter, by=request.user)
        except ActionRefused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, f"Tackbrevet är skickat till {participation}.")
            return redirect("mentoring:mentors", slug)
    context = {"cohort": cohort, "participation": participation, "refusal": refusal, "crumbs": _way_to(cohort)}
    context |= {
        "letter": thanks_content(participation, timezone.localdate()),
        "people": actions.current_people(participation),
    }
    return render(request, "mentoring/thank.html", context, status=422 if refusal else 200)


@require_GET
def mentor_letter(request: PageRequest, slug: str, code: str) -> FileResponse:
    """Return the letter as PDF: to SKR at any time, to the mentor once it is sent."""
    participation = get_participation(request, slug, code, "cohort__contact", "mentor_agreement")
    if not may(request.user, READ_MENTOR_POOL, participation.cohort):
        require(request.user, READ_MENTORING, participation)
        if participation.thanked_on is None:
            raise Http404
    content = thanks_content(participation, timezone.localdate())
    if participation.is_participant or content.is_empty:
        raise Http404
    with heavy(request.user):
        data = render_pdf(content.html())
    return FileResponse(BytesIO(data), filename=content.file_name, content_type="application/pdf")


@require_GET
def mentored(request: PageRequest, slug: str, code: str, key: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, PREPARE_AS_MENTOR, participation)
    mentorship = get_object_or_404(participation.mentorships.select_related("group"), group__key=key)
    mentorship.participation = participation
    context = {
        "participation": participation,
        "crumbs": [Crumb(reverse("home"), "Mentorskap")],
        "before": before_meeting(mentorship, roles_of(request.user), timezone.localdate()),
    }
    return render(request, "mentoring/mentored.html", context)


def _pool_of_cohort(request: PageRequest, slug: str) -> Cohort:
    cohort = get_cohort(request, slug)
    require(request.user, READ_MENTOR_POOL, cohort)
    return cohort


def _candidate(cohort: Cohort, code: str) -> Candidate:
    candidates = pool_of(cohort, timezone.localdate()).candidates
    candidate = next((other for other in candidates if code in {row.code for row in other.rounds}), None)
    if candidate is None:
        raise Http404
    return candidate


def _way_to(cohort: Cohort) -> list[Crumb]:
    return [
        cohort_crumb(cohort),
        Crumb(reverse("mentoring:mentors", args=[cohort.slug]), "Mentorer"),
    ]
