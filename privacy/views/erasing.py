"""SKR's pages: who has asked to be erased, erasing a person, and how long things are kept."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.requests import PageRequest
from cohorts.roles import roles_of
from kit.canonical import canonical_line, folded
from kit.holding import Person
from kit.limits import heavy
from kit.ordering import by_name
from kit.pages import ConfirmPage, Crumb, FormPage, confirmed, form_page, posted, store
from kit.permissions import may, require
from kit.templatetags.swedish import sentence
from people.models import ErasureRequest
from people.views.staff import way_to
from privacy.actions.erasing import NOBODY, erase_person, kept_because
from privacy.actions.retention import save_retention, stored_days
from privacy.forms import RetentionForm
from privacy.held import EXCEPTIONS
from privacy.perms import ERASE, SET_RETENTION
from privacy.persons import person_at, person_of
from privacy.plan import ErasurePlan, in_rows, plan_of

TITLE = "Personuppgifter"
PER_PAGE = 50
LONGEST_SEARCH = 254
SALT = "privacy.erase"


@require_GET
def requests(request: PageRequest) -> HttpResponse:
    require(request.user, ERASE)
    search = canonical_line(request.GET.get("sok", ""))[:LONGEST_SEARCH]
    page = Paginator(_found(search), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "requests": ErasureRequest.objects.visible_to(roles_of(request.user)),
        "search": search,
        "page": page,
        "key": "" if page.object_list else _key_of_stranger(search),
        "may_set": may(request.user, SET_RETENTION),
        "exceptions": EXCEPTIONS,
        "crumbs": way_to(),
    }
    return render(request, "privacy/requests.html", context)


def _found(search: str) -> "list[User]":
    if not search:
        return []
    wanted = folded(search)
    people = User.objects.known().order_by(by_name("name"), "pk")
    return [user for user in people if wanted in folded(user.name) or wanted in user.email]


def _key_of_stranger(search: str) -> str:
    """Return the key of the page that erases someone without an account; empty if nothing is stored."""
    return signing.dumps(search, salt=SALT) if "@" in search and person_at(search) else ""


@require_http_methods(["GET", "POST"])
def erase(request: PageRequest, pk: int) -> HttpResponse:
    require(request.user, ERASE)
    user = get_object_or_404(User.objects.known(), pk=pk)
    asked = ErasureRequest.objects.visible_to(roles_of(request.user)).filter(user=user).first()
    return _erase(request, person_of(user), user, asked.message if asked else "")


@require_http_methods(["GET", "POST"])
def erase_stranger(request: PageRequest, key: str) -> HttpResponse:
    """Erase someone who stands in interest forms and mail only; the key holds the address, which no log may."""
    require(request.user, ERASE)
    try:
        person = person_at(signing.loads(key, salt=SALT))
    except signing.BadSignature as error:
        raise Http404 from error
    if person is None:
        messages.info(request, NOBODY)
        return redirect("privacy:requests")
    return _erase(request, person, None, "")


def _erase(request: PageRequest, person: Person, user: User | None, message: str) -> HttpResponse:
    name, address = (person.names or person.addresses)[0], person.addresses[0]
    page = partial(
        ConfirmPage,
        f"Radera uppgifterna om {name}?",
        address,
        reverse("privacy:requests"),
        [*way_to(), Crumb(reverse("privacy:requests"), TITLE)],
        button="Radera uppgifterna",
        danger=True,
    )
    form = forms.Form(posted(request))
    if first := kept_because(user):
        return form_page(request, "privacy/erase.html", form, page(fixed=first), message=message)
    with heavy(request.user):
        plan = plan_of(person)
        shown = page(happens=tuple(_happens(person, name, address)), missing=tuple(_stays(plan)))
        return confirmed(
            request,
            form,
            shown,
            partial(erase_person, email=address),
            _done,
            "privacy/erase.html",
            plan=_rows(plan),
            doubtful=plan.doubtful,
            message=message,
        )


def _happens(person: Person, name: str, address: str) -> list[str]:
    happens = [
        f"Namnet och adressen tas bort överallt. Där {name} står med namn står det ”{person.instead}”.",
        "Det organisationen har skrivit finns kvar. Filer av rapporter som namnger personen görs om.",
        f"Modell skickar inget mejl om det, eftersom adressen då skulle finnas kvar. Skriv själv till {address} först.",
        "Det går inte att ångra.",
    ]
    if person.key is not None:
        happens.insert(0, f"{name} loggas ut och kan inte logga in igen.")
    return happens


def _stays(plan: ErasurePlan) -> list[str]:
    reasons = {exception.model: exception for exception in EXCEPTIONS}
    return [f"{sentence(in_rows(number))}: {reasons[model].why}" for model, number in plan.excepted.items()]


def _rows(plan: ErasurePlan) -> list[tuple[str, str]]:
    rows = [(sentence(str(model._meta.verbose_name_plural)), in_rows(number)) for model, number in plan.counts.items()]
    return sorted(rows)


def _done(plan: ErasurePlan) -> str:
    said = "Uppgifterna om personen är raderade."
    if plan.doubtful:
        said += " Namnet står kvar där det kan vara någon annans."
    return said


@require_http_methods(["GET", "POST"])
def retention(request: PageRequest) -> HttpResponse:
    require(request.user, SET_RETENTION)
    page = FormPage(
        "Så länge sparar vi uppgifter",
        TITLE,
        reverse("privacy:requests"),
        [*way_to(), Crumb(reverse("privacy:requests"), TITLE)],
        lead=(
            "Det som är äldre tar Modell bort varje natt. En kortare tid gäller från nästa natt, och det går inte att "
            "ångra."
        ),
    )
    form = RetentionForm(posted(request), stored=stored_days())
    if (
        form.is_bound
        and form.is_valid()
        and store(request, form, save_retention, days=form.days(), seen=form.cleaned_data["seen"])
    ):
        messages.success(request, "Ändringen är sparad.")
        return redirect("privacy:requests")
    return form_page(request, "kit/form.html", form, page)
