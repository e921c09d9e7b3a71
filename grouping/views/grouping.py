"""Views of the groups with their reasons: the board, moves by hand, weights, rules and the proposal."""

import json
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from accounts.requests import PageRequest
from cohorts.crumbs import cohort_crumb
from cohorts.fetch import get_cohort, get_participation
from cohorts.models import Cohort, Group, Participation
from cohorts.roles import roles_of
from grouping.actions.groups import move_to_group, take_proposal
from grouping.actions.preferences import add_rule, remove_rule, save_weights
from grouping.board import Board, board_of, most_km_of, moves_in, weights_of
from grouping.forms import GroupMoveForm, RuleForm, TakeForm, WeightsForm
from grouping.perms import EDIT_GROUPS, READ_GROUPING
from grouping.proposal import Impossible, Proposal, propose
from grouping.sharing import names_of_sharing, shared_by
from grouping.weighing import weights_in_words
from kit.limits import heavy
from kit.pages import Crumb, draw, posted, store
from kit.permissions import may, require
from kit.refusals import ActionRefused
from kit.responses import makes_new, post_only
from kit.templatetags.swedish import in_words

PER_PAGE = 50
# Forty participants in pairs fit on a page.
GROUPS_PER_PAGE = 20
# The lists of the page, each with the parameter that says which of its pages is shown.
GROUPS, ALONE, MOVES = "sida", "utan", "byten"


@require_GET
def grouping(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "grouping_weights")
    require(request.user, READ_GROUPING, cohort)
    return render(request, "grouping/page.html", _page(request, cohort))


@post_only
def grouping_weights(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "grouping_weights")
    require(request.user, EDIT_GROUPS, cohort)
    form = WeightsForm(request.POST)
    if not form.is_valid():
        context = _page(request, cohort) | {"weights_form": form}
        return draw(request, "grouping/page.html", form, **context)
    weights = dict(form.cleaned_data)
    save_weights(cohort=cohort, most_km=weights.pop("most_km"), weights=weights, by=request.user)
    messages.success(request, "Vikterna är sparade. Grupperna är bedömda efter dem.")
    return redirect("grouping:grouping", slug)


@require_http_methods(["GET", "POST"])
def grouping_move(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Move one organisation; if others can read its work, first show who will read it and ask for confirmation."""
    participation = get_participation(request, slug, code, "cohort__grouping_weights")
    cohort = participation.cohort
    require(request.user, EDIT_GROUPS, cohort)
    form = GroupMoveForm(posted(request), cohort=cohort, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        to: Group | None = form.cleaned_data["to"]
        if shared_by(participation) and not form.cleaned_data["sure"]:
            return _ask_first(request, participation, to)
        try:
            moved = move_to_group(
                participation=participation, group=to, reason=form.cleaned_data["reason"], by=request.user
            )
        except ActionRefused as refusal:
            form.add_error("to", refusal.sentence)
        else:
            return _moved(request, participation, to, moved=moved)
    if request.htmx and form.errors:
        return _ask_first(request, participation, None)
    context = _asked(request, participation, form)
    return draw(request, "grouping/move.html", form, **context)


@makes_new
@require_http_methods(["GET", "POST"])
def grouping_rule(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_GROUPS, cohort)
    form = RuleForm(posted(request), cohort=cohort)
    rule = store(request, form, partial(add_rule, cohort=cohort))
    if rule:
        messages.success(request, f"Regeln är sparad: {rule}.")
        return redirect("grouping:grouping", slug)
    return draw(request, "grouping/rule.html", form, cohort=cohort, form=form, crumbs=way_to(cohort))


@post_only
def grouping_rule_remove(request: PageRequest, slug: str, pk: int) -> HttpResponse:
    cohort = get_cohort(request, slug)
    require(request.user, EDIT_GROUPS, cohort)
    remove_rule(cohort=cohort, pk=pk, by=request.user)
    messages.success(request, "Regeln är borttagen.")
    return redirect("grouping:grouping", slug)


@require_http_methods(["GET", "POST"])
def grouping_proposal(request: PageRequest, slug: str) -> HttpResponse:
    cohort = get_cohort(request, slug, "grouping_weights")
    require(request.user, EDIT_GROUPS, cohort)
    form = TakeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        taken = form.cleaned_data
        try:
            number = take_proposal(
                cohort=cohort, wanted=taken["groups"], seen=taken["seen"], reason=taken["reason"], by=request.user
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Förslaget är genomfört. {_moves_in_words(number)}")
            return redirect("grouping:grouping", slug)
    return _show_proposal(request, cohort, form)


def way_to(cohort: Cohort) -> list[Crumb]:
    groups = reverse("grouping:grouping", args=[cohort.slug])
    return [cohort_crumb(cohort), Crumb(groups, "Grupper")]


def _page(request: PageRequest, cohort: Cohort) -> dict[str, object]:
    board = board_of(cohort, with_levels=roles_of(request.user).is_process_leader)
    rules = list(cohort.grouping_rules.all())
    known = {row.pk: row for row in (*board.alone, *(row for column in board.columns for row in column.members))}
    for rule in rules:
        rule.participation = known.get(rule.participation_id) or rule.participation
        rule.other = (known.get(rule.other_id) or rule.other) if rule.other_id else None
    weights = weights_of(cohort)
    return _board(request, board) | {
        "crumbs": way_to(cohort)[:1],
        "weights_form": WeightsForm(initial={**weights, "most_km": most_km_of(cohort)}),
        "weights_in_words": weights_in_words(weights),
        "most_km": most_km_of(cohort),
        "rules": rules,
        "moves": Paginator(moves_in(cohort), PER_PAGE).get_page(request.GET.get(MOVES)),
        "moves_unfolded": MOVES in request.GET,
    }


def _board(request: PageRequest, board: Board) -> dict[str, object]:
    return {
        "cohort": board.cohort,
        "board": board,
        "columns": Paginator(board.columns, GROUPS_PER_PAGE).get_page(request.GET.get(GROUPS)),
        "alone": Paginator(board.rows_alone, PER_PAGE).get_page(request.GET.get(ALONE)),
        "may_edit": may(request.user, EDIT_GROUPS, board.cohort),
        "moved": "",
        "pages": _pages(request),
    }


def _pages(request: PageRequest, **more: object) -> str:
    """Return the end of an address that keeps which pages of the board are shown."""
    shown = {name: request.GET[name] for name in (GROUPS, ALONE) if name in request.GET}
    return f"?{urlencode(more | shown)}" if more or shown else ""


def _ask_first(request: PageRequest, participation: Participation, to: Group | None) -> HttpResponse:
    # A fragment cannot ask, so htmx is sent to the page that can.
    page = reverse("grouping:grouping_move", args=[participation.cohort.slug, participation.code])
    page = f"{page}{_pages(request, to=to.pk if to else '')}"
    return HttpResponseClientRedirect(page) if request.htmx else redirect(page)


def _asked(request: PageRequest, participation: Participation, form: GroupMoveForm) -> dict[str, object]:
    cohort = participation.cohort
    return {
        "participation": participation,
        "cohort": cohort,
        "form": form,
        "shared": shared_by(participation),
        "pages": _pages(request),
        "crumbs": way_to(cohort),
    }


def _moved(request: PageRequest, participation: Participation, to: Group | None, *, moved: bool) -> HttpResponse:
    name = participation.organisation.short_name
    if not request.htmx:
        where = f"är nu i {to}" if to else "är inte längre i någon grupp"
        messages.success(request, f"{name} {where}." if moved else f"{name} var redan där.")
        return redirect(f"{reverse('grouping:grouping', args=[participation.cohort.slug])}{_pages(request)}")
    board = board_of(participation.cohort, with_levels=roles_of(request.user).is_process_leader)
    # The page does not load again, so the result is announced to screen readers.
    response = render(request, "grouping/board.html", _board(request, board) | {"moved": participation.code})
    return trigger_client_event(response, "announce", {"value": _announced(name, board, to)})


def _announced(name: str, board: Board, to: Group | None) -> str:
    column = board.column(to)
    if column is None:
        return f"{name} är inte längre i någon grupp."
    words = [reason.words for reason in column.judgement.reasons if reason.score is not None]
    text = ". ".join((*words, f"Gruppen {column.judgement.words.lower()}")) if words else column.size_note
    return f"{name} är nu i {column.group}. {text}."


def _show_proposal(request: PageRequest, cohort: Cohort, form: TakeForm) -> HttpResponse:
    context: dict[str, object] = {"cohort": cohort, "crumbs": way_to(cohort), "form": form}
    board = board_of(cohort, with_levels=True)
    try:
        with heavy(request.user):
            proposal = propose(board)
    except Impossible as refusal:
        context |= {"board": board, "impossible": str(refusal)}
        return draw(request, "grouping/proposal.html", form, **context)
    fresh = TakeForm(initial={"groups": _posted(proposal), "seen": proposal.seen})
    sharing = names_of_sharing([change.participation for change in proposal.changes])
    refused = form.non_field_errors() if form.errors else ()
    context |= {"board": board, "proposal": proposal, "form": fresh, "sharing": sharing, "refused": refused}
    return draw(request, "grouping/proposal.html", form, **context)


def _posted(proposal: Proposal) -> str:
    rows = [group.wanted for group in proposal.groups]
    return json.dumps(
        [{"group": row.group, "name": row.name, "members": row.members, "mentors": row.mentors} for row in rows]
    )


def _moves_in_words(number: int) -> str:
    if number == 0:
        return "Ingen bytte grupp."
    if number == 1:
        return "En organisation har fått ny grupp."
    return f"{in_words(number).capitalize()} organisationer har fått ny grupp."
