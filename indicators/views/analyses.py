from functools import partial
from io import BytesIO

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.fetch import get_participation
from cohorts.models import Participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from indicators.actions import analyses as actions
from indicators.analyses import (
    BY_KEY,
    CAUSES,
    STEPS,
    AnalysisPaper,
    AnalysisStep,
    analysis_paper,
    headline,
    missing_steps,
    reached,
    written_steps,
)
from indicators.analysis_pdf import html_of
from indicators.analysis_word import MEDIA_TYPE, word_of
from indicators.forms.analyses import AnalysisForm, NewAnalysisForm, SignForm, StepForm
from indicators.models import Analysis
from indicators.perms import EDIT_INDICATORS, READ_INDICATORS
from kit.limits import heavy
from kit.pages import ConfirmPage, Crumb, FormPage, SeenContent, confirmed, form_page, posted, press, store
from kit.pdf import render_pdf
from kit.permissions import Perm, may, require
from kit.responses import download, makes_new, post_only
from kit.staleness import content_of, digest


@require_GET
def analyses(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, READ_INDICATORS, participation)
    rows = list(_visible(request, participation))
    own = is_own.test(request.user, participation)
    context = {
        "participation": participation,
        "headline": headline(rows, participation.organisation.name, own=own),
        "rows": [(row, reached(row)) for row in rows],
        "steps": STEPS,
        "own": own,
        "may_edit": may(request.user, EDIT_INDICATORS, participation),
    }
    return render(request, "indicators/analyses.html", context)


@require_GET
def analysis(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    analysis = _get(request, slug, code, pk)
    participation = analysis.participation
    own = is_own.test(request.user, participation)
    context = {
        "participation": participation,
        "analysis": analysis,
        "crumbs": [_all(participation)],
        "steps": written_steps(analysis),
        "lead": f"{reached(analysis)} {_readers(analysis) if own else ''}".strip(),
        "missing": missing_steps(analysis),
        "indicators": analysis.indicators.all(),
        "own": own,
        "may_edit": may(request.user, EDIT_INDICATORS, participation),
    }
    return render(request, "indicators/analysis.html", context)


@require_GET
def analysis_pdf(request: PageRequest, slug: str, code: str, pk: int) -> FileResponse:
    paper = _paper(request, slug, code, pk)
    with heavy(request.user):
        data = render_pdf(html_of(paper))
    return FileResponse(BytesIO(data), filename=f"{paper.file_name}.pdf", content_type="application/pdf")


@require_GET
def analysis_word(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    paper = _paper(request, slug, code, pk)
    with heavy(request.user):
        data = word_of(paper)
    return download(data, f"{paper.file_name}.docx", MEDIA_TYPE)


@makes_new
@require_http_methods(["GET", "POST"])
def analysis_add(request: PageRequest, slug: str, code: str) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_INDICATORS, participation)
    form = NewAnalysisForm(posted(request))
    made = store(request, form, partial(actions.begin_analysis, participation=participation))
    if made:
        messages.success(request, "Analysen är påbörjad. Bara ni läser den tills ni väljer att dela den.")
        return redirect(_here(made))
    page = FormPage(
        "Ny jämställdhetsanalys",
        participation.organisation.name,
        _all(participation).url,
        [_all(participation)],
        lead="Det räcker med en rubrik. De sex stegen skriver ni ett i taget.",
        button="Börja",
    )
    return form_page(request, "kit/form.html", form, page)


@require_http_methods(["GET", "POST"])
def analysis_edit(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    analysis = _edited(request, slug, code, pk)
    form = AnalysisForm(posted(request), stored=actions.about_of(analysis), participation=analysis.participation)
    page = _page(analysis, "Rubrik, nyckeltal och läsare")
    if not page.fixed and store(request, form, partial(actions.change_analysis, analysis=analysis)):
        messages.success(request, "Analysen är sparad.")
        return redirect(page.back)
    return form_page(request, "kit/form.html", form, page)


@require_http_methods(["GET", "POST"])
def analysis_step(request: PageRequest, slug: str, code: str, pk: int, step: str) -> HttpResponse:
    analysis = _edited(request, slug, code, pk)
    if step not in BY_KEY:
        raise Http404
    this = BY_KEY[step]
    form = StepForm(posted(request), stored=content_of(analysis, *this.columns), step=this)
    page = _page(analysis, this.label)
    stored = None if page.fixed else store(request, form, partial(actions.write_step, analysis=analysis))
    if stored:
        messages.success(request, f"”{this.label}” är sparat.")
        return redirect(_after(request, analysis, this))
    number = STEPS.index(this) + 1
    onward = _next(this)
    asks_again = this is CAUSES and len(form.fields) - 1 < len(CAUSES.columns)
    return form_page(
        request, "indicators/step.html", form, page, number=number, steps=STEPS, onward=onward, asks_again=asks_again
    )


@require_http_methods(["GET", "POST"])
def analysis_sign(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    analysis = _edited(request, slug, code, pk)
    missing = missing_steps(analysis)
    page = _page(
        analysis,
        "Underteckna analysen",
        lead="När analysen är undertecknad kan ingen ändra den. Ni kan ta tillbaka undertecknandet om ni behöver.",
        button="Underteckna",
        fixed=f"Skriv först det som saknas: {missing}." if missing else "",
    )
    form = SignForm(posted(request))
    if not page.fixed and store(request, form, partial(actions.sign_analysis, analysis=analysis)):
        messages.success(request, "Analysen är undertecknad.")
        return redirect(page.back)
    return form_page(request, "kit/form.html", form, page)


@post_only
def analysis_unsign(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    analysis = _edited(request, slug, code, pk)
    action = partial(actions.take_back_signature, analysis=analysis)
    press(request, action, "Undertecknandet är tillbakataget. Nu kan ni ändra analysen.")
    return redirect(_here(analysis))


@require_http_methods(["GET", "POST"])
def analysis_remove(request: PageRequest, slug: str, code: str, pk: int) -> HttpResponse:
    participation = get_participation(request, slug, code)
    require(request.user, EDIT_INDICATORS, participation)
    row = _visible(request, participation).filter(pk=pk).first()
    if row is None:  # a second click
        return redirect("indicators:analyses", slug, code)
    row.participation = participation
    unread = (
        ["Gruppen, mentorerna, SKR:s processledare och utvärderaren kan inte längre läsa den."] if row.shared else []
    )
    page = ConfirmPage(
        f"Ta bort ”{row.title}”?",
        participation.organisation.name,
        _here(row),
        [_all(participation), Crumb(_here(row), row.title)],
        button="Ta bort analysen",
        danger=True,
        fixed=actions.SIGNED if row.is_signed else "",
        then=_all(participation).url,
        happens=(
            *unread,
            "Underlag som ni redan har lagt till i en självskattning ligger kvar.",
            "Det går inte att ångra.",
        ),
    )
    form = SeenContent(posted(request), initial={"seen": digest(content_of(row, *actions.TEXTS))})
    action = partial(actions.remove_analysis, analysis=row)
    return confirmed(request, form, page, action, "Analysen är borttagen.")


def _visible(request: PageRequest, participation: Participation) -> QuerySet[Analysis]:
    return Analysis.objects.visible_to(roles_of(request.user)).filter(participation=participation)


def _get(request: PageRequest, slug: str, code: str, pk: int, perm: Perm = READ_INDICATORS) -> Analysis:
    participation = get_participation(request, slug, code)
    require(request.user, perm, participation)
    analysis: Analysis = get_object_or_404(_visible(request, participation), pk=pk)
    analysis.participation = participation
    return analysis


def _edited(request: PageRequest, slug: str, code: str, pk: int) -> Analysis:
    return _get(request, slug, code, pk, EDIT_INDICATORS)


def _paper(request: PageRequest, slug: str, code: str, pk: int) -> AnalysisPaper:
    return analysis_paper(_get(request, slug, code, pk), timezone.localdate())


def _readers(analysis: Analysis) -> str:
    return "Den delas med gruppen." if analysis.shared else "Bara ni läser den."


def _all(participation: Participation) -> Crumb:
    return Crumb(reverse("indicators:analyses", args=[participation.cohort.slug, participation.code]), "Analyser")


def _here(analysis: Analysis) -> str:
    return _address("analysis", analysis)


def _address(name: str, analysis: Analysis, *more: str) -> str:
    owner = analysis.participation
    return reverse(f"indicators:{name}", args=[owner.cohort.slug, owner.code, analysis.pk, *more])


def _next(step: AnalysisStep) -> AnalysisStep | None:
    return next(iter(STEPS[STEPS.index(step) + 1 :]), None)


def _after(request: PageRequest, analysis: Analysis, step: AnalysisStep) -> str:
    """Return the page that the pressed button leads to: the same step to ask again, the next step, or the analysis."""
    if "again" in request.POST:
        return _address("analysis_step", analysis, step.key)
    following = _next(step) if "onward" in request.POST else None
    return _address("analysis_step", analysis, following.key) if following else _here(analysis)


def _page(analysis: Analysis, title: str, *, lead: str = "", button: str = "Spara", fixed: str = "") -> FormPage:
    here = _here(analysis)
    return FormPage(
        title,
        f"{analysis.participation.organisation.name} · {analysis.title}",
        here,
        [_all(analysis.participation), Crumb(here, analysis.title)],
        lead=lead,
        button=button,
        fixed=actions.SIGNED if analysis.is_signed else fixed,
    )
