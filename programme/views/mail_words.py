"""The words of each kind of mail, and how often a person gets mail."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cohorts.roles import roles_of
from mailings import actions
from mailings.enums import Rhythm
from mailings.kinds import KINDS, OCCASIONS, MailKind, find_kind
from mailings.models import MailChoice, Wording
from modell.http import PageRequest
from modell.permissions import Perm, require
from modell.refusals import ActionRefused
from modell.staleness import content_of
from programme.forms.mail import RhythmForm, WordingForm
from programme.mail.preview import preview_of


@require_safe
def wordings(request: PageRequest) -> HttpResponse:
    require(request.user, Perm.EDIT_MAIL_WORDING)
    ours = {wording.kind: wording for wording in Wording.objects.visible_to(roles_of(request.user))}
    occasions = [(occasion.name, [(kind, ours.get(kind.key)) for kind in occasion.kinds]) for occasion in OCCASIONS]
    context = {"occasions": occasions, "n_kinds": len(KINDS), "n_ours": sum(kind.key in ours for kind in KINDS)}
    return render(request, "programme/mail/wordings.html", context)


@require_http_methods(["GET", "POST"])
def wording(request: PageRequest, kind: str) -> HttpResponse:
    """Edit, look, save. "Förhandsgranska" shows what is typed and stores nothing."""
    require(request.user, Perm.EDIT_MAIL_WORDING)
    found = _kind(kind)
    stored = Wording.objects.visible_to(roles_of(request.user)).filter(kind=found.key).first()
    content = content_of(stored, "subject", "body") if stored else {"subject": found.subject, "body": found.body}
    form = WordingForm(request.POST or None, kind=found, stored=content)
    shown = content
    if request.method == "POST" and form.is_valid():
        shown = {name: form.cleaned_data[name] for name in ("subject", "body")}
        if "preview" not in request.POST and _saved(request, found, form):
            return redirect("programme:mail_wordings")
    context = {"kind": found, "wording": stored, "form": form, "preview": preview_of(found, **shown)}
    return render(request, "programme/mail/wording.html", context, status=422 if form.errors else 200)


def _saved(request: PageRequest, kind: MailKind, form: WordingForm) -> bool:
    try:
        actions.save_wording(kind=kind, by=request.user, **form.cleaned_data)
    except ActionRefused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, f"Texten till ”{kind.name}” är sparad. Den gäller de mejl som skickas från och med nu.")
    return True


@require_POST
def wording_reset(request: PageRequest, kind: str) -> HttpResponse:
    require(request.user, Perm.EDIT_MAIL_WORDING)
    found = _kind(kind)
    actions.reset_wording(kind=found, by=request.user)
    messages.success(request, f"”{found.name}” har tjänstens egen text igen.")
    return redirect("programme:mail_wordings")


def _kind(key: str) -> MailKind:
    found = find_kind(key)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def mail_choice(request: PageRequest) -> HttpResponse:
    """Mina mejl: each chooses for themselves."""
    roles = roles_of(request.user)
    chosen = MailChoice.objects.visible_to(roles).first()
    form = RhythmForm(request.POST or None, initial={"rhythm": chosen.rhythm if chosen else Rhythm.AT_ONCE})
    if request.method == "POST" and form.is_valid():
        seat = roles.seat_for(None)
        organisation = seat.code if seat else ""
        actions.choose_rhythm(user=request.user, organisation=organisation, **form.cleaned_data)
        messages.success(request, "Ditt val är sparat.")
        return redirect("programme:mail_choice")
    context: dict[str, Any] = {"form": form, "calendar": reverse("meetings:calendar")}
    return render(request, "programme/mail/choice.html", context, status=422 if form.errors else 200)
