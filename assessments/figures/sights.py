"""What a person sees of the omgång's figures. Every page, file, mail and command that shows them asks here (ADR 18)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from assessments.figures.disclosure import Shown, Sight, View, readable, sight_of
from assessments.figures.panels import Among, Standing, panels_kept, standing_at
from assessments.figures.statistics import Movement, Panel, Result, movement, result_of
from assessments.models import AssessmentPlan
from cohorts.models import Cohort, Participation
from cohorts.roles import Roles
from kit.templatetags.swedish import day, in_words
from meetings.models import Meeting

Rights = frozenset[int]
# The sentence that stands on every page with such figures.
RULE = (
    "Du ser en siffra om du får läsa alla värden bakom den, eller om minst {unread} organisationer som du inte läser "
    "ligger bakom den, av minst {group}."
)
# Someone without a seat reads what is published, and nothing else.
ANYONE: Rights = frozenset()


@dataclass(frozen=True)
class SeenKind:
    """One kind at one meeting as a reader may see it; `named` is what they may read by name.

    `n_submitted` of `n_expected` have handed in, which may be more than the `n` behind the figures.
    """

    kind: str
    sight: Sight
    named: View
    n_submitted: int
    n_expected: int
    # Nothing of the panel but its items and scale is for the reader.
    _whole: Panel

    @property
    def shown(self) -> Shown:
        return self.sight.shown

    @property
    def n(self) -> int:
        return self.sight.n

    @property
    def n_unread(self) -> int:
        return len(self.sight.unread)

    @property
    def has_participants(self) -> bool:
        return self._whole.has_participants or self.n > 0

    @cached_property
    def result(self) -> Result | None:
        """Return the figures, or None if there is no answer behind them; they rest on `named` where it is its own."""
        sight = self.sight
        if not sight.answers:
            return None
        figures = result_of(self._panel(sight.answers), ranges=sight.shown != Shown.FIGURES)
        if not sight.hidden:
            return figures
        # The mean of all items would tell the hidden one by subtraction.
        shown = result_of(self._panel(_without(sight.answers, sight.hidden)), ranges=False)
        return replace(shown, overall_mean=None, totals=figures.totals)

    def movement_since(self, before: "SeenKind") -> Movement | None:
        """Return the movement of those with both; None if it would tell more than the two meetings' figures do."""
        if self.shown != Shown.FIGURES:
            then = before.sight.answers if before.shown == Shown.ALL else before.named
            return movement(self._panel(then), self._panel(self.sight.answers))
        now, earlier = self.sight, before.sight
        if before.shown == Shown.OWN or now.differs_unread(earlier) or earlier.differs_unread(now):
            return None
        hidden = now.hidden | earlier.hidden
        return movement(self._panel(_without(earlier.answers, hidden)), self._panel(_without(now.answers, hidden)))

    def _panel(self, answers: View) -> Panel:
        return replace(self._whole, answers=answers)


def rule_in_words() -> str:
    return RULE.format(unread=in_words(settings.MIN_UNREAD), group=in_words(settings.MIN_GROUP))


def why_own(seen: SeenKind, meeting: Meeting) -> str:
    """Return why others are not counted in where it is not the numbers of the rule; else an empty string."""
    if seen.n_expected >= settings.MIN_GROUP and not meeting.has_begun(timezone.localdate()):
        return f"Siffrorna öppnar på träffens dag, {day(meeting.starts_on)}."
    if seen.n < settings.MIN_GROUP or seen.n_unread < settings.MIN_UNREAD:
        return ""
    if not seen.sight.opened:
        return "Siffrorna öppnar under träffens dag."
    return "Siffrorna väntar: tillsammans med det som redan har visats skulle de avslöja en enskild organisation."


def rights_of(roles: Roles, cohort: Cohort) -> Rights:
    """Return the participants whose submitted entries the person may read by a seat, group, mentorship or role."""
    mine = Participation.objects.whose_work_is_read_by(roles).participants().filter(cohort=cohort)
    return frozenset(mine.values_list("pk", flat=True))


def figures_at(meeting: Meeting, plan: AssessmentPlan, rights: Rights, among: Among = None) -> dict[str, SeenKind]:
    return {
        kind: _seen(kind, meeting, standing, rights) for kind, standing in standing_at(meeting, plan, among).items()
    }


def _seen(kind: str, meeting: Meeting, standing: Standing, rights: Rights) -> SeenKind:
    panel = standing.panel
    return SeenKind(
        kind=kind,
        sight=sight_of(rights, panel.answers, standing.published, standing.disclosed, panels_kept(meeting, kind)),
        named=readable(rights, panel.answers, standing.published),
        n_submitted=panel.n,
        n_expected=panel.n_expected,
        _whole=panel,
    )


def _without(view: View, hidden: Iterable[str]) -> View:
    return {
        member: {key: value for key, value in answers.items() if key not in hidden} for member, answers in view.items()
    }
