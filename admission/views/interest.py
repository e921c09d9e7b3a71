"""Public pages of an interest form, opened by the key in a mailed link without an account."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from admission.actions import interest as actions
from admission.forms.interest import FORMS, CowriterForm, InterestSectionForm, StartForm, WishForm
from admission.interest import mail
from admission.interest.lookups import (
    open_cohort,
    open_cohorts,
    organisation_choices,
    organisations_for,
    writer_of,
)
from admission.interest.moves import INTEREST, erased_from, is_withdrawable, is_writable
from admission.interest.progress import stages
from admission.interest.sections import (
    PEOPLE,
    WISHES,
    InterestSection,
    after,
    in_order,
    missing,
    section_of,
    sections_as_read,
    stored_content,
)
from admission.models import Interest, InterestWriter
from cohorts.fetch import shown_on
from cohorts.roles import roles_of
from kit.pages import draw, posted, refuse_on
from kit.refusals import ActionRefused
from kit.responses import post_only, refuse

TOO_MANY = "Det har kommit många försök på kort tid. Vänta en timme och försök igen."
View = Callable[..., HttpResponse]


def by_key(view: View) -> View:
    """Give the view the key's writer, or raise 404; the page is never cached and never indexed."""

    @login_not_required
    @never_cache
    @wraps(view)
    def page(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        writer = writer_of(key)
        if writer is None:
            raise Http404
        shown_on(request, writer.interest.cohort)
        response = view(request, writer, **kwargs)
        if request.method == "POST":
            actions.note_written(writer=writer)
        response["X-Robots-Tag"] = "noindex"
        return response

    return cast("View", page)


@login_not_required
@require_GET
def interest_start(request: HttpRequest) -> HttpResponse:
    cohorts = open_cohorts(timezone.localdate(), roles_of(request.user))
    request.constructed = any(cohort.constructed for cohort in cohorts)  # type: ignore[attr-defined]
    return render(request, "admission/interest/start.html", {"cohorts": cohorts})


@login_not_required
@require_http_methods(["GET", "POST"])
def interest_new(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = open_cohort(slug, timezone.localdate(), roles_of(request.user))
    if cohort is None:
        return redirect("admission:interest_start")
    shown_on(request, cohort)
    form = StartForm(posted(request), choices=organisation_choices(cohort), initial=_known(request))
    if request.method == "POST" and form.is_valid():
        if ratelimit.consume(request, action="interest", key=form.cleaned_data["email"]):
            try:
                organisation = organisations_for(cohort).get(code=form.cleaned_data["organisation"])
                actions.ask_for_form(cohort=cohort, organisation=organisation, email=form.cleaned_data["email"])
                # The page is the same whatever the organisation already has, so it gives nothing away.
                return redirect("admission:interest_sent", slug)
            except ActionRefused as refusal:
                refuse_on(form, refusal)
        else:
            form.add_error(None, TOO_MANY)
    return draw(request, "admission/interest/new.html", form, cohort=cohort, form=form)


def _known(request: HttpRequest) -> dict[str, str]:
    """Return what a former participant's link and sign-in say already."""
    known = {"organisation": request.GET.get("organisation", "")}
    return {**known, "email": request.user.email} if isinstance(request.user, User) else known


@login_not_required
@require_GET
def interest_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "admission/interest/sent.html", {"slug": slug})


@by_key
@require_GET
def interest(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    return _overview(request, writer)


def _overview(request: HttpRequest, writer: InterestWriter, *, refusal: str = "") -> HttpResponse:
    interest = writer.interest
    today = timezone.localdate()
    lacking = missing(interest)
    context = {
        "writer": writer,
        "interest": interest,
        "sections": sections_as_read(interest),
        "missing": lacking,
        "stages": stages(interest),
        "writable": is_writable(interest, today),
        "withdrawable": is_withdrawable(interest),
        "writers": interest.writers.all(),
        "board_meets": mail.board_meets(interest.cohort),
        "erased_on": erased_from(interest),
        "keep_days": INTEREST.days,
        "refusal": refusal,
    }
    return render(request, "admission/interest/interest.html", context, status=422 if refusal else 200)


@by_key
@require_http_methods(["GET", "POST"])
def interest_section(request: HttpRequest, writer: InterestWriter, part: str) -> HttpResponse:
    section = section_of(part)
    if section is None:
        raise Http404
    if not is_writable(writer.interest, timezone.localdate()):
        messages.info(request, actions.CLOSED)
        return redirect("admission:interest", writer.key)
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
    return draw(request, "admission/interest/section.html", form, **context)


def _form(request: HttpRequest, interest: Interest, section: InterestSection) -> InterestSectionForm:
    data = posted(request)
    stored = stored_content(interest, section)
    if section is WISHES:
        return WishForm(data, stored=stored, choices=organisation_choices(interest.cohort))
    return FORMS[section](data, stored=stored)


def _cleaned(form: InterestSectionForm) -> dict[str, Any]:
    content = dict(form.cleaned_data)
    return {"seen": content.pop("seen"), "content": content}


def _saved(request: HttpRequest, writer: InterestWriter, section: InterestSection) -> HttpResponse:
    messages.success(request, f"{section.title} är sparat.")
    following = after(section)
    if "next" in request.POST and following:
        return redirect("admission:interest_section", writer.key, following.key)
    return redirect("admission:interest", writer.key)


@by_key
@post_only
def interest_submit(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    try:
        actions.submit_interest(interest=writer.interest)
    except ActionRefused as refusal:
        return _overview(request, writer, refusal=refusal.sentence)
    messages.success(request, "Anmälan är inskickad. Alla som skriver den får ett mejl om det.")
    return redirect("admission:interest", writer.key)


@by_key
@require_http_methods(["GET", "POST"])
def interest_withdraw(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    if request.method == "GET":
        if not is_withdrawable(writer.interest):
            return redirect("admission:interest", writer.key)
        return render(request, "admission/interest/withdraw.html", {"writer": writer, "interest": writer.interest})
    try:
        actions.withdraw_interest(interest=writer.interest)
    except ActionRefused as refusal:
        return refuse(request, refusal, "admission:interest", writer.key)
    messages.success(request, "Anmälan är återtagen.")
    return redirect("admission:interest", writer.key)


@by_key
@require_http_methods(["GET", "POST"])
def interest_writers(request: HttpRequest, writer: InterestWriter) -> HttpResponse:
    form = CowriterForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if not ratelimit.consume(request, action="interest_writer", key=str(writer.interest_id)):
                raise ActionRefused(TOO_MANY)
            invited = actions.invite_writer(interest=writer.interest, by=writer, **form.cleaned_data)
        except ActionRefused as refusal:
            refuse_on(form, refusal)
        else:
            messages.success(request, f"{invited.email} har fått en egen länk till anmälan.")
            return redirect("admission:interest", writer.key)
    context = {"writer": writer, "interest": writer.interest, "form": form}
    return draw(request, "admission/interest/writers.html", form, **context)


@by_key
@post_only
def interest_writer_remove(request: HttpRequest, writer: InterestWriter, pk: int) -> HttpResponse:
    try:
        actions.remove_writer(interest=writer.interest, pk=pk, by=writer)
    except ActionRefused as refusal:
        return refuse(request, refusal, "admission:interest", writer.key)
    messages.success(request, "Länken är borttagen och slutar gälla nu.")
    return redirect("admission:interest", writer.key)
