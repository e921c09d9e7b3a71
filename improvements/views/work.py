from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.requests import PageRequest
from assessments.perms import READ_VALUES, SEE_FIGURES
from cohorts.fetch import get_participation
from cohorts.roles import roles_of
from cohorts.rules import is_own
from improvements.board import board_of
from improvements.ideas import ideas_of, lent_by
from improvements.perms import EDIT_WORK, READ_GROUP_WORK
from improvements.statistics import chain_of
from improvements.story import cycle_name_of
from improvements.views.rows import EffortRow, headline
from indicators.perms import EDIT_INDICATORS
from kit.permissions import may, require

VIEWS = {"tavla": "board", "tabell": "table"}


@require_GET
def work(request: PageRequest, slug: str, code: str) -> HttpResponse:
    """Show the improvements as a board or as a table, by `visa` in the address, and the efforts below."""
    participation = get_participation(request, slug, code)
    require(request.user, READ_VALUES, participation)
    group = participation.group
    roles, own = roles_of(request.user), is_own.test(request.user, participation)
    part = request.GET.get("del", "")
    efforts = participation.efforts.visible_to(roles).select_related("item").prefetch_related("steps")
    editor, word = may(request.user, EDIT_INDICATORS, participation), cycle_name_of(participation)
    board = board_of(participation, roles, timezone.localdate(), own=own, editor=editor, word=word, part=part)
    chain = chain_of(efforts)
    context = {
        "participation": participation,
        "own": own,
        "board": board,
        "shown": VIEWS.get(request.GET.get("visa", ""), "board"),
        "part": part,
        "title": board.headline(participation.organisation.name, own=own),
        "chain": chain,
        "chain_title": headline(chain, participation.organisation.name, own=own),
        "efforts": [EffortRow(effort) for effort in efforts],
        "ideas": ideas_of(participation, [card.improvement for card in board.cards]) if own and not part else None,
        "lent": lent_by(participation, roles) if own and not part else None,
        "group": group if group and may(request.user, READ_GROUP_WORK, group) else None,
        "may_edit": may(request.user, EDIT_WORK, participation),
        "may_see_examples": may(request.user, SEE_FIGURES, participation.cohort),
    }
    return render(request, "improvements/work.html", context)
