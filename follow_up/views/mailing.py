"""Pages of SKR's own mail to people in an omgång: choose whom, write, read it as one of them, send, see who got it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, shown_on
from cohorts.models import Cohort
from cohorts.roles import roles_of
from follow_up.actions import mailing as actions
from follow_up.forms.mailing import MailingChoiceForm, MailingFileForm, MailingForm, SendMailingForm
from follow_up.mail.rows import mail_rows
from follow_up.mailing.choosing import Addressee, addressees_of, chosen_by
from follow_up.mailing.fields import empty_for, read_surroundings
from follow_up.mailing.standing import mails_of, standings
from follow_up.mailing.writing import WORDS, as_read_by, contacts_of, seen_of
from follow_up.models import Mailing
from follow_up.overview import meetings_to_watch
from follow_up.perms import SEND_MAIL
from kit.pages import ConfirmPage, Crumb, confirmed, draw, posted, press, store
from kit.permissions import require
from kit.responses import makes_new, post_only, posted_from
from kit.staleness import content_of
from kit.templatetags.swedish import counted, sentence
from kit.uploads import as_download
from mailings.blocks import blocks_of

PER_PAGE = 50
# A form of more boxes would be too heavy to send.
MOST_TICKED = 300


@require_GET
def mailings(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, SEND_MAIL, cohort)
    visible = Mailing.objects.visible_to(roles_of(request.user)).filter(cohort=cohort)
    page = Paginator(visible.select_related("made_by", "sent_by"), PER_PAGE).get_page(request.GET.get("sida"))
    standing = standings(cohort)
    rows = [(mailing, standing.get(mailing.stem)) for mailing in page]
    context = {"cohort": cohort, "page": page, "rows": rows, "crumbs": _crumbs(cohort)[:2]}
    return render(request, "follow_up/mailing/list.html", context)


@makes_new
@require_http_methods(["GET", "POST"])
def mailing_new(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "contact")
    require(request.user, SEND_MAIL, cohort)
    if request.method == "POST":
        chosen = _posted_choice(request, cohort)
        mailing = press(request, partial(actions.make_mailing, cohort=cohort, **chosen)) if chosen else None
        return redirect("follow_up:mailing", mailing.pk) if mailing else redirect(request.get_full_path())
    return _people_page(request, cohort, request.GET)


@require_http_methods(["GET", "POST"])
def mailing_people(request: PageRequest, pk: int) -> HttpResponse:
    mailing = _draft(request, pk)
    if mailing.is_sent:
        return redirect("follow_up:mailing", pk)
    if request.method == "POST":
        chosen = _posted_choice(request, mailing.cohort)
        saved = press(request, partial(actions.choose_people, mailing=mailing, **chosen)) if chosen else None
        return redirect("follow_up:mailing", pk) if saved else redirect(request.get_full_path())
    return _people_page(request, mailing.cohort, request.GET or _as_query(mailing.choice), mailing)


def _people_page(
    request: PageRequest, cohort: Cohort, asked: QueryDict, mailing: Mailing | None = None
) -> HttpResponse:
    form = _choice_form(cohort, asked)
    people = chosen_by(cohort, form.cleaned_data, timezone.localdate()) if form.is_valid() else []
    left_out = set(mailing.left_out.values_list("pk", flat=True)) if mailing else set()
    too_many = len(people) > MOST_TICKED
    context = {
        "cohort": cohort,
        "mailing": mailing,
        "form": form,
        "choice": asked.urlencode(),
        "number": len(people),
        "too_many": too_many,
        "page": Paginator(people, PER_PAGE).get_page(request.GET.get("sida")) if too_many else None,
        "people": [(person, person.user.pk not in left_out) for person in ([] if too_many else people)],
        "crumbs": _crumbs(cohort, mailing),
    }
    return draw(request, "follow_up/mailing/people.html", form, **context)


def _choice_form(cohort: Cohort, asked: QueryDict) -> MailingChoiceForm:
    meetings = meetings_to_watch(cohort.meetings.select_related("group", "cohort"), timezone.localdate())
    return MailingChoiceForm(asked, cohort=cohort, meetings=meetings)


def _as_query(choice: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in choice.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def _posted_choice(request: PageRequest, cohort: Cohort) -> dict[str, Any] | None:
    """Return the choice that the page was drawn with, and those of it who are not ticked; None if nobody is."""
    form = _choice_form(cohort, QueryDict(request.POST.get("choice", "")))
    if not form.is_valid():
        return None
    people = {person.user.pk for person in chosen_by(cohort, form.cleaned_data, timezone.localdate())}
    ticked = {int(pk) for pk in request.POST.getlist("till") if pk.isdecimal()}
    left_out = set() if len(people) > MOST_TICKED else people - ticked
    if people <= left_out:
        messages.error(request, "Välj minst en person.")
        request.refused = True  # type: ignore[attr-defined]
        return None
    return {"choice": form.cleaned_data, "left_out": left_out}


@require_http_methods(["GET", "POST"])
def mailing(request: PageRequest, pk: int) -> HttpResponse:
    row = _draft(request, pk)
    if row.is_sent:
        return redirect("follow_up:mailing", pk) if request.method == "POST" else _sent_page(request, row)
    form = MailingForm(posted(request), stored=content_of(row, *WORDS), contacts=contacts_of(row.cohort, request.user))
    if store(request, form, partial(actions.write_mailing, mailing=row)):
        if "read" in request.POST:
            return redirect("follow_up:mailing_send", pk)
        messages.success(request, "Utkastet är sparat.")
        return redirect("follow_up:mailing", pk)
    people = addressees_of(row, timezone.localdate())
    context = {
        "cohort": row.cohort,
        "mailing": row,
        "form": form,
        "to": sentence(counted(len(people), "en person", "personer")) if people else "Ingen",
        "files": list(row.files.all()),
        "crumbs": _crumbs(row.cohort),
    }
    return draw(request, "follow_up/mailing/write.html", form, **context)


def _sent_page(request: PageRequest, row: Mailing) -> HttpResponse:
    page = Paginator(mails_of(row), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "cohort": row.cohort,
        "mailing": row,
        "standing": standings(row.cohort).get(row.stem),
        "page": page,
        "rows": mail_rows(page),
        "blocks": blocks_of(row.body),
        "files": list(row.files.all()),
        "crumbs": _crumbs(row.cohort),
    }
    return render(request, "follow_up/mailing/sent.html", context)


@require_http_methods(["GET", "POST"])
def mailing_send(request: PageRequest, pk: int) -> HttpResponse:
    """Show the mailing as one of its readers gets it, and send it to all of them."""
    row = _draft(request, pk)
    if row.is_sent:
        messages.info(request, "Utskicket är redan skickat.")
        return redirect("follow_up:mailing", pk)
    people = addressees_of(row, timezone.localdate())
    around = read_surroundings(row.cohort, people, timezone.localdate())
    reader = _reader(request, people)
    to = counted(len(people), "en person", "personer")
    page = ConfirmPage(
        title=f"Läs igenom och skicka till {to}" if people else "Läs igenom",
        eyebrow=row.cohort.name,
        back=reverse("follow_up:mailing", args=[pk]),
        crumbs=_crumbs(row.cohort, row),
        button=f"Skicka till {to}",
        fixed=_why_not(row, people),
        happens=[_happens(row, to)],
        warnings=empty_for((row.subject, row.body), people, around),
    )
    shown = {"seen": seen_of(row), "till": ",".join(str(person.user.pk) for person in people)}
    form = SendMailingForm(posted(request), initial=shown)
    return confirmed(
        request,
        form,
        page,
        partial(actions.send_mailing, mailing=row),
        partial(_sent_message, row),
        "follow_up/mailing/send.html",
        cohort=row.cohort,
        people=people,
        reader=reader,
        preview=as_read_by(row, reader, around) if reader and not page.fixed else None,
        files=list(row.files.all()),
    )


def _reader(request: PageRequest, people: list[Addressee]) -> Addressee | None:
    asked = request.GET.get("som", "")
    return next((person for person in people if str(person.user.pk) == asked), people[0] if people else None)


def _why_not(row: Mailing, people: list[Addressee]) -> str:
    if not actions.is_whole(row):
        return "Skriv ett ämne och en text först."
    return "" if people else "Ingen får utskicket som det är valt nu. Ändra vilka som ska få det."


def _happens(row: Mailing, to: str) -> str:
    if row.cohort.rehearsal:
        return f"{sentence(to)} skulle få mejlet. Det skrivs, men en provomgång skickar inget."
    return f"{sentence(to)} får mejlet, var och en ett eget. Det går inte att ta tillbaka."


def _sent_message(row: Mailing, number: int | bool) -> str:
    # `store` makes True of nothing done: it was sent already, by a second click or a colleague.
    if number is True:
        return "Utskicket är redan skickat, och har inte skickats en gång till."
    if row.cohort.rehearsal:
        return f"Utskicket är skrivet till {counted(number, 'en person', 'personer')}. En provomgång skickar inget."
    return f"Utskicket är på väg till {counted(number, 'en person', 'personer')}."


@require_http_methods(["GET", "POST"])
def mailing_files(request: PageRequest, pk: int) -> HttpResponse:
    row = _draft(request, pk)
    if row.is_sent:
        return redirect("follow_up:mailing", pk)
    form = MailingFileForm(posted(request), request.FILES if request.method == "POST" else None)
    if store(request, form, partial(actions.add_mailing_file, mailing=row)):
        messages.success(request, "Bilagan är tillagd.")
        return redirect("follow_up:mailing_files", pk)
    context = {
        "cohort": row.cohort,
        "mailing": row,
        "form": form,
        "files": list(row.files.all()),
        "crumbs": _crumbs(row.cohort, row),
    }
    return draw(request, "follow_up/mailing/files.html", form, **context)


@require_GET
def mailing_file(request: PageRequest, pk: int, file: int) -> HttpResponseBase:
    attachment = get_object_or_404(_draft(request, pk).files, pk=file)
    return as_download(request, attachment.file, title=attachment.name, media_type=attachment.media_type)


def _files_page(_request: PageRequest, pk: int, **_: int) -> str:
    return reverse("follow_up:mailing_files", args=[pk])


@posted_from(_files_page)
def mailing_file_remove(request: PageRequest, pk: int, file: int) -> HttpResponse:
    row = _draft(request, pk)
    attachment = get_object_or_404(row.files, pk=file)
    remove = partial(actions.remove_mailing_file, mailing=row, file=attachment)
    press(request, remove, f"Bilagan {attachment} är borttagen.")
    return redirect("follow_up:mailing_files", pk)


@post_only
def mailing_remove(request: PageRequest, pk: int) -> HttpResponse:
    row = _draft(request, pk)
    if not press(request, partial(actions.remove_mailing, mailing=row), "Utkastet är borttaget."):
        return redirect("follow_up:mailing", pk)
    return redirect("follow_up:mailings", row.cohort.slug)


def _draft(request: PageRequest, pk: int) -> Mailing:
    visible = Mailing.objects.visible_to(roles_of(request.user))
    row = get_object_or_404(visible.select_related("cohort__contact", "answers_to", "sent_by"), pk=pk)
    shown_on(request, row.cohort)
    require(request.user, SEND_MAIL, row.cohort)
    return row


def _crumbs(cohort: Cohort, mailing: Mailing | None = None) -> list[Crumb]:
    crumbs = [
        cohort_crumb(cohort),
        Crumb(reverse("follow_up:mail", args=[cohort.slug]), "Mejl"),
        Crumb(reverse("follow_up:mailings", args=[cohort.slug]), "Utskick"),
    ]
    return [*crumbs, Crumb(reverse("follow_up:mailing", args=[mailing.pk]), str(mailing))] if mailing else crumbs
