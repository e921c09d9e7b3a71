"""Pages where SKR edits the wording of each kind of mail, and where a person chooses how often to get mail."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.roles import roles_of
from follow_up.forms.mail import RhythmForm, WordingForm
from follow_up.mail.preview import preview_of
from follow_up.perms import EDIT_MAIL_WORDING
from kit.pages import draw, posted, store
from kit.permissions import require
from kit.responses import post_only
from kit.staleness import content_of
from mailings import actions
from mailings.enums import Rhythm
from mailings.kinds import MailKind, all_kinds, find_kind, occasions
from mailings.models import MailChoice, Wording


@require_GET
def wordings(request: PageRequest) -> HttpResponse:
    require(request.user, EDIT_MAIL_WORDING)
    ours = {wording.kind: wording for wording in Wording.objects.visible_to(roles_of(request.user))}
    rows = [(occasion.name, [(kind, ours.get(kind.key)) for kind in occasion.kinds]) for occasion in occasions()]
    kinds = all_kinds()
    context = {"occasions": rows, "n_kinds": len(kinds), "n_ours": sum(kind.key in ours for kind in kinds)}
    return render(request, "follow_up/mail/wordings.html", context)


@require_http_methods(["GET", "POST"])
def wording(request: PageRequest, kind: str) -> HttpResponse:
    """Show and save the wording of one kind of mail. The preview button stores nothing."""
    require(request.user, EDIT_MAIL_WORDING)
    mail_kind = _kind(kind)
    stored = Wording.objects.visible_to(roles_of(request.user)).filter(kind=mail_kind.key).first()
    content = _words(mail_kind, stored)
    form = WordingForm(posted(request), kind=mail_kind, stored=content)
    shown = content
    if request.method == "POST" and form.is_valid():
        shown = {name: form.cleaned_data[name] for name in ("subject", "body")}
        if "preview" not in request.POST and _saved(request, mail_kind, form):
            return redirect("follow_up:mail_wordings")
    context = {"kind": mail_kind, "wording": stored, "form": form, "preview": preview_of(mail_kind, **shown)}
    return draw(request, "follow_up/mail/wording.html", form, **context)


def _words(kind: MailKind, stored: Wording | None) -> dict[str, str]:
    return content_of(stored, "subject", "body") if stored else {"subject": kind.subject, "body": kind.body}


def _saved(request: PageRequest, kind: MailKind, form: WordingForm) -> bool:
    if not store(request, form, partial(actions.save_wording, kind=kind)):
        return False
    messages.success(request, f"Texten till ”{kind.name}” är sparad. Den gäller de mejl som skickas från och med nu.")
    return True


@post_only
def wording_reset(request: PageRequest, kind: str) -> HttpResponse:
    require(request.user, EDIT_MAIL_WORDING)
    mail_kind = _kind(kind)
    actions.reset_wording(kind=mail_kind, by=request.user)
    messages.success(request, f"”{mail_kind.name}” har tjänstens egen text igen.")
    return redirect("follow_up:mail_wordings")


def _kind(key: str) -> MailKind:
    kind = find_kind(key)
    if kind is None or kind.fixed or kind.own:
        raise Http404
    return kind


@require_http_methods(["GET", "POST"])
def mail_choice(request: PageRequest) -> HttpResponse:
    roles = roles_of(request.user)
    chosen = MailChoice.objects.visible_to(roles).first()
    form = RhythmForm(posted(request), initial={"rhythm": chosen.rhythm if chosen else Rhythm.AT_ONCE})
    if request.method == "POST" and form.is_valid():
        seat = roles.seat_for(None)
        organisation = seat.code if seat else ""
        actions.choose_rhythm(user=request.user, organisation=organisation, **form.cleaned_data)
        messages.success(request, "Ditt val är sparat.")
        return redirect("follow_up:mail_choice")
    return draw(request, "follow_up/mail/choice.html", form, form=form, calendar=reverse("meetings:calendar"))
