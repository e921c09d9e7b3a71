"""The public pages of an interest form: no account, but the key in the mailed link."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cohorts.actions import interest as actions
from cohorts.fetch import shown_on
from cohorts.forms.interest import FORMS, CowriterForm, SectionForm, StartForm, WishForm
from cohorts.interest import mail
from cohorts.interest.moves import erased_from, is_withdrawable, is_writable
from cohorts.interest.reading import (
    open_cohort,
    open_cohorts,
    organisation_choices,
    organisations_for,
    stages,
    writer_of,
)
from cohorts.interest.sections import (
    PEOPLE,
    WISHES,
    Section,
    after,
    in_order,
    missing,
    section_of,
    stored_content,
    told,
)
from cohorts.models import Interest, InterestWriter
from modell.refusals import ActionRefused
from modell.responses import refuse

TOO_MANY = "Det har kommit många försök på kort tid. Vänta en timme och försök igen."
View = Callable[..., HttpResponse]


def by_key(view: View) -> View:
    """A page for whoever holds the key: never kept in a cache, never in a search engine."""

    @login_not_required
    @never_cache
    @wraps(view)
    def page(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        writer = writer_of(key)
        if writer is None:
            raise Http404
        shown_on(request, writer.interest.cohort)
        response = view(request, writer, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return cast("View", page)


@login_not_required
@require_GET
def interest_start(request: HttpRequest) -> HttpResponse:
    """The omgångar one may ask to take part in."""
    cohorts = open_cohorts(timezone.localdate())
    request.constructed = any(cohort.constructed for cohort in cohorts)  # type: ignore[attr-defined]
    return render(request, "cohorts/interest/start.html", {"cohorts": cohorts})


@login_not_required
@require_http_methods(["GET", "POST"])
def interest_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Organisation and address; the answer is the same whatever the organisation has already."""
    cohort = open_cohort(slug, timezone.localdate())
    if cohort is None:
        return redirect("cohorts:interest_start")
    shown_on(request, cohort)
    form = StartForm(request.POST if request.method == "POST" else None, choices=organisation_choices(cohort))
    if request.method == "POST" and form.is_valid():
        if ratelimit.consume(request, action="interest", key=form.cleaned_data["email"]):
            try:
                organisation = organisations_for(cohort).get(code=form.cleaned_data["organisation"])
                actions.ask_for_form(cohort=cohort, organisation=organisation, email=form.cleaned_data["email"])
                return redirect("cohorts:interest_sent", slug)
            except ActionRefused as refusal:
                form.add_error(refusal.field, refusal.sentence)
        else:
            form.add_error(None, TOO_MANY)
    context = {"cohort": cohort, "form": form}
    return render(request, "cohorts/interest/new.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def interest_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for everyone: it says to look in the mail, and nothing more."""
    return render(request, "cohorts/interest/sent.html", {"slug": slug})


@by_key
@require_GET
def interest(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    """All that is written, what is missing, who writes, and what happens to it."""
    actions.note_seen(writer=writer)
    return _overview(request, writer)


def _overview(request: HttpRequest, writer: InterestWriter, *, refusal: str = "") -> HttpResponse:
    interest = writer.interest
    today = timezone.localdate()
    lacking = missing(interest)
    context = {
        "writer": writer,
        "interest": interest,
        "told": told(interest),
        "missing": lacking,
        "stages": stages(interest),
        "writable": is_writable(interest, today),
        "withdrawable": is_withdrawable(interest),
        "writers": interest.writers.all(),
        "board_meets": mail.board_meets(interest.cohort),
        "erased_on": erased_from(interest),
        "keep_days": settings.INTEREST_KEEP_DAYS,
        "refusal": refusal,
    }
    return render(request, "cohorts/interest/interest.html", context, status=422 if refusal else 200)


@by_key
@require_http_methods(["GET", "POST"])
def interest_section(request: HttpRequest, writer: InterestWriter, part: str) -> HttpResponse:
    """One section, saved as it is; "Spara och fortsätt" leads to the next."""
    section = section_of(part)
    if section is None:
        raise Http404
    if not is_writable(writer.interest, timezone.localdate()):
        messages.info(request, actions.CLOSED)
        return redirect("cohorts:interest", writer.key)
    form = _form(request, writer.interest, section)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_section(interest=writer.interest, section=section, **_cleaned(form))
        except ActionRefused as refusal:
            form.refuse(refusal)
        else:
            return _saved(request, writer, section)
    context = {
        "writer": writer,
        "interest": writer.interest,
        "section": section,
        "form": form,
        "people": in_order(writer.interest.people.all()) if section is PEOPLE else None,
        "next": after(section),
    }
    return render(request, "cohorts/interest/section.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, interest: Interest, section: Section) -> SectionForm:
    data = request.POST if request.method == "POST" else None
    stored = stored_content(interest, section)
    if section is WISHES:
        return WishForm(data, stored=stored, choices=organisation_choices(interest.cohort))
    return FORMS[section](data, stored=stored)


def _cleaned(form: SectionForm) -> dict[str, Any]:
    content = dict(form.cleaned_data)
    return {"seen": content.pop("seen"), "content": content}


def _saved(request: HttpRequest, writer: InterestWriter, section: Section) -> HttpResponse:
    messages.success(request, f"{section.title} är sparat.")
    following = after(section)
    if "next" in request.POST and following:
        return redirect("cohorts:interest_section", writer.key, following.key)
    return redirect("cohorts:interest", writer.key)


@by_key
@require_POST
def interest_submit(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    try:
        actions.submit_interest(interest=writer.interest)
    except ActionRefused as refusal:
        return _overview(request, writer, refusal=refusal.sentence)
    messages.success(request, "Anmälan är inskickad. Alla som skriver den får ett mejl om det.")
    return redirect("cohorts:interest", writer.key)


@by_key
@require_http_methods(["GET", "POST"])
def interest_withdraw(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    """Ask first."""
    if request.method == "GET":
        if not is_withdrawable(writer.interest):
            return redirect("cohorts:interest", writer.key)
        return render(request, "cohorts/interest/withdraw.html", {"writer": writer, "interest": writer.interest})
    try:
        actions.withdraw_interest(interest=writer.interest)
    except ActionRefused as refusal:
        return refuse(request, refusal, "cohorts:interest", writer.key)
    messages.success(request, "Anmälan är återtagen.")
    return redirect("cohorts:interest", writer.key)


@by_key
@require_http_methods(["GET", "POST"])
def interest_writers(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    """Invite a co-writer by e-mail."""
    form = CowriterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if not ratelimit.consume(request, action="interest_writer", key=str(writer.interest_id)):
                raise ActionRefused(TOO_MANY)
            invited = actions.invite_writer(interest=writer.interest, by=writer, **form.cleaned_data)
        except ActionRefused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, f"{invited.email} har fått en egen länk till anmälan.")
            return redirect("cohorts:interest", writer.key)
    context = {"writer": writer, "interest": writer.interest, "form": form}
    return render(request, "cohorts/interest/writers.html", context, status=422 if form.errors else 200)


@by_key
@require_POST
def interest_writer_remove(request: HttpRequest, writer: InterestWriter, pk: int) -> HttpResponse:
    try:
        actions.remove_writer(interest=writer.interest, pk=pk, by=writer)
    except ActionRefused as refusal:
        return refuse(request, refusal, "cohorts:interest", writer.key)
    messages.success(request, "Länken är borttagen och slutar gälla nu.")
    return redirect("cohorts:interest", writer.key)
