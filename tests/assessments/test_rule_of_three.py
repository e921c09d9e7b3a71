"""The rule of three in six hundred random omgångar, followed day by day with all that each reader was shown.

The adversary takes nothing from the code that decides: it has an elimination of its own, over every single entry.
"""

from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from random import Random
from types import SimpleNamespace

import pytest

from assessments.figures.disclosure import PastPanel, Shown, sight_of
from assessments.figures.sights import SeenKind
from assessments.figures.statistics import Panel

pytestmark = pytest.mark.one_database
PRIME = 2**61 - 1
MEETINGS = ("first", "second")


class Omgang:
    """A random one: groups of two and three, mentors of several groups, and what happens at two meetings."""

    def __init__(self, seed):
        self.draw = draw = Random(seed)
        self.members = list(range(1, draw.randint(3, 15) + 1))
        self.steps = [Decimal(step) / 2 for step in range(2, 2 * draw.choice((3, 4)) + 1, draw.choice((1, 2)))]
        self.items = tuple(f"item_{number}" for number in range(1, draw.randint(2, 4)))
        self.groups = self.divided()
        mentored = [draw.sample(self.groups, draw.randint(1, min(3, len(self.groups)))) for _ in range(2)]
        own = [frozenset(group) for group in self.groups]
        outside = [frozenset([member]) for member in self.members if not any(member in group for group in own)]
        self.readers = list(dict.fromkeys([*own, *outside, *(frozenset().union(*some) for some in mentored)]))
        self.events = self.happenings()

    def divided(self):
        members, groups = list(self.members), []
        while len(members) >= 2:
            size = min(self.draw.choice((2, 3, 3)), len(members))
            groups.append(members[:size])
            members = members[size:]
        return groups if self.draw.random() < 0.8 else groups[:1]

    def values(self):
        return {key: self.draw.choice(self.steps) for key in self.items if self.draw.random() < 0.97}

    def happenings(self):
        """Who has handed in when the figures open, and then what comes, one thing after the other."""
        draw = self.draw
        events = []
        for meeting in MEETINGS:
            first = [member for member in self.members if draw.random() < draw.choice((0.5, 0.8, 1))]
            events += [("answers", meeting, member, self.values()) for member in first] + [("opens", meeting, 0, None)]
            for _ in range(draw.randint(0, 9)):
                what = draw.choice(("answers", "answers", "corrects", "corrects", "leaves", "publishes", "prints"))
                content = {"answers": self.values(), "corrects": draw.choice(self.items)}.get(what)
                events.append((what, meeting, draw.choice(self.members), content))
        return [event for event in events if event[0] != "publishes" or draw.random() < 0.4]


class Days:
    """The omgång day by day: what stands at each meeting, and every panel there has been since it opened."""

    def __init__(self, omgang, exchanged=None):
        self.omgang = omgang
        self.exchanged = exchanged or {}
        self.live = {meeting: {} for meeting in MEETINGS}
        self.published = {meeting: {} for meeting in MEETINGS}
        self.past = {meeting: [] for meeting in MEETINGS}
        self.printed = defaultdict(list)
        self.open = set()

    def public_values(self, meeting):
        return frozenset((m, key, value) for m, view in self.published[meeting].items() for key, value in view.items())

    def go_through(self):
        for what, meeting, member, content in self.omgang.events:
            getattr(self, what)(meeting, self.exchanged.get(member, member), content)
            for each in self.open:
                self.keep(each)
            yield

    def answers(self, meeting, member, content):
        self.live[meeting].setdefault(member, content)

    def corrects(self, meeting, member, key):
        steps, answers = self.omgang.steps, self.live[meeting].get(member)
        if answers is not None:
            place = steps.index(answers.get(key, steps[0]))
            self.live[meeting][member] = {**answers, key: steps[(place + 1) % len(steps)]}

    def leaves(self, meeting, member, _):
        self.live[meeting].pop(member, None)

    def publishes(self, _meeting, member, _):
        for meeting, view in self.live.items():
            if member in view:
                self.published[meeting][member] = dict(view[member])

    def opens(self, meeting, _member, _):
        self.open.add(meeting)

    def prints(self, meeting, _member, _):
        """A joint report prints what someone without a seat may see."""
        if meeting in self.open:
            seen = self.seen_by(frozenset(), meeting)
            for (_, key), sums in sums_of(seen, None).items():
                self.printed[meeting, key] += sums
            if seen.shown == Shown.FIGURES:
                self.past[meeting].append(PastPanel(seen.sight.answers, self.public_values(meeting), printed=True))

    def unread(self, rights, meeting):
        """By the words of the rule: those whose entries are neither the reader's to read nor published."""
        published = self.published[meeting]
        others = {member: answers for member, answers in self.live[meeting].items() if member not in rights}
        return {
            member
            for member, answers in others.items()
            if not answers or answers.items() - published.get(member, {}).items()
        }

    def is_enough(self, rights, meeting, key):
        behind = {member: answers[key] for member, answers in self.live[meeting].items() if key in answers}
        public = self.public_values(meeting)
        return len(behind) >= 5 and sum(m not in rights and (m, key, v) not in public for m, v in behind.items()) >= 3

    def keep(self, meeting):
        panel = PastPanel(
            {member: dict(view) for member, view in self.live[meeting].items()}, self.public_values(meeting)
        )
        if len(panel.answers) >= 5 and (not self.past[meeting] or self.past[meeting][-1] != panel):
            self.past[meeting].append(panel)

    def seen_by(self, rights, meeting):
        live, published = self.live[meeting], self.published[meeting]
        sight = sight_of(rights, live, published, self.public_values(meeting), self.past[meeting])
        items = tuple(SimpleNamespace(key=key, number=number) for number, key in enumerate(self.omgang.items))
        named = {**published, **{member: live[member] for member in live if member in rights}}
        return SeenKind("kommun", sight, named, len(live), len(self.omgang.members), Panel(items, 4, live, 15))


def adversary(sums, known):
    """Organisations, one or two, for which adding and subtracting the sums leaves a figure of theirs alone."""
    rows = [{entry: 1 for entry in entries if not known(entry)} for entries in dict.fromkeys(sums)]
    rows = [row for row in rows if row]
    everyone = sorted({member for row in rows for member, _ in row})
    whole = rank(rows)
    for few in [*combinations(everyone, 1), *combinations(everyone, 2)]:
        if rank([{entry: 1 for entry in row if entry[0] not in few} for row in rows]) < whole:
            return few
    return None


def rank(rows):
    """Of the rows over whole numbers, by a prime so large that chance cannot matter."""
    rows, n_independent = [dict(row) for row in rows if row], 0
    while rows:
        pivot = rows.pop()
        if not pivot:
            continue
        n_independent += 1
        column, head = next(iter(pivot.items()))
        inverse = pow(head, -1, PRIME)
        for row in rows:
            if column in row:
                times = row[column] * inverse % PRIME
                for place, cell in pivot.items():
                    left = (row.get(place, 0) - times * cell) % PRIME
                    if left:
                        row[place] = left
                    else:
                        row.pop(place, None)
    return n_independent


def sums_of(seen, before):
    """Each sum that follows from a figure on the page, as the entries behind it: by meeting and item."""
    shown = defaultdict(list)
    if seen.shown != Shown.FIGURES:
        return shown
    view = seen.sight.answers
    for row in seen.result.items:
        if row.mean is not None:
            shown["now", row.item.key].append(
                frozenset((m, a[row.item.key]) for m, a in view.items() if row.item.key in a)
            )
    moved = before and seen.movement_since(before)
    then = before.sight.answers if before else {}
    for row in moved.items if moved else ():
        key, matched = row.item.key, view.keys() & then.keys()
        if row.change is not None:
            shown["now", key].append(frozenset((m, view[m][key]) for m in matched if key in view[m]))
            shown["before", key].append(frozenset((m, then[m][key]) for m in matched if key in then[m]))
    return shown


def test_the_adversary_is_able():
    a, b, c, d, e, f = ((name, 1) for name in "abcdef")
    nothing = {a: 0}.get
    assert adversary([frozenset([a, b, c]), frozenset([a, b])], nothing) == ("c",)
    assert adversary([frozenset([a, b, c, d, e]), frozenset([a, b, c])], nothing) == ("d", "e")
    assert adversary([frozenset([a, b, c, d, e, f]), frozenset([a, b, c])], nothing) is None
    assert adversary([frozenset([a, b, c, d, e])], lambda entry: entry in (a, b, c)) == ("d", "e")
    assert adversary([frozenset([a, b, d]), frozenset([a, c, d])], nothing) == ("b", "c")


N_OMGANGAR, AT_A_TIME, IN_EVERY_RUN = 600, 50, 150
every_omgang = pytest.mark.parametrize("first", range(0, N_OMGANGAR, AT_A_TIME))
# `make slow` tries them all.
some_omgangar = pytest.mark.parametrize(
    "first",
    [
        pytest.param(first, marks=() if first < IN_EVERY_RUN else pytest.mark.slow)
        for first in range(0, N_OMGANGAR, AT_A_TIME)
    ],
)


@pytest.mark.in_turn(3)
@every_omgang
def test_no_figure_sum_or_difference_has_one_or_two_unread_behind_it(first):
    """By anyone, on any day, with all that was on their page since the figures opened and in any published report."""
    for seed in range(first, first + AT_A_TIME):
        omgang = Omgang(seed)
        days = Days(omgang)
        remembered = {rights: defaultdict(list) for rights in omgang.readers}
        for _ in days.go_through():
            for rights, sums_at in remembered.items():
                look(days, rights, sums_at, seed)


def look(days, rights, sums_at, seed):
    seen = {meeting: days.seen_by(rights, meeting) for meeting in days.open}
    for meeting, kind in seen.items():
        before = seen.get("first") if meeting == "second" else None
        for (when, key), sums in sums_of(kind, before).items():
            sums_at["first" if when == "before" else meeting, key] += sums
    for (meeting, key), sums in sums_at.items():
        if seen[meeting].shown == Shown.FIGURES and key not in seen[meeting].sight.hidden:
            public = days.public_values(meeting)
            everything = [*sums, *days.printed[meeting, key]]
            few = adversary(
                everything, lambda entry, k=key, t=public: entry[0] in rights or (entry[0], k, entry[1]) in t
            )
            assert few is None, (seed, rights, meeting, key)


@pytest.mark.in_turn(3)
@some_omgangar
def test_exchanging_two_unread_organisations_changes_nothing(first):
    """Their whole histories, on any day and for any reader who reads neither."""
    for seed in range(first, first + AT_A_TIME):
        omgang = Omgang(seed)
        publishers = {member for what, _, member, _ in omgang.events if what == "publishes"}
        for rights in omgang.readers:
            unread = [member for member in omgang.members if member not in rights | publishers]
            if len(unread) >= 2:
                swapped, other = omgang.draw.sample(unread, 2)
                as_it_was = diary(Days(omgang), rights)
                exchanged = diary(Days(omgang, {swapped: other, other: swapped}), rights)
                assert as_it_was == exchanged, (seed, rights, swapped, other)


def diary(days, rights):
    return [[page(days, rights, meeting) for meeting in MEETINGS if meeting in days.open] for _ in days.go_through()]


def page(days, rights, meeting):
    """All that a reader gets of one meeting."""
    seen, before = days.seen_by(rights, meeting), days.seen_by(rights, "first") if meeting == "second" else None
    result = seen.result
    moved = before and seen.movement_since(before)
    return (
        (seen.shown, seen.n, seen.n_unread, seen.n_submitted, sorted(seen.named.items())),
        result and ([row[1:] for row in map(values_of, result.items)], result.overall_mean, result.totals),
        moved and (moved.n_matched, [values_of(row)[1:] for row in moved.items]),
    )


def values_of(row):
    return tuple(vars(row).values())


@some_omgangar
def test_what_may_be_shown_is_shown(first):
    """The day the figures open nothing has been shown before, so the rule's numbers alone decide."""
    for seed in range(first, first + AT_A_TIME):
        days = Days(Omgang(seed))
        opened = set()
        for _ in days.go_through():
            for meeting in days.open - opened:
                opened.add(meeting)
                for rights in (frozenset(), *days.omgang.readers):
                    unread = days.unread(rights, meeting)
                    enough = len(unread) >= 3 and any(days.is_enough(rights, meeting, key) for key in days.omgang.items)
                    expected = Shown.FIGURES if enough else Shown.OWN
                    seen = days.seen_by(rights, meeting)
                    assert (seen.shown, seen.sight.unread) == (expected if unread else Shown.ALL, unread)


def test_the_omgangar_try_what_they_should():
    """How often readers saw each thing: a rule that shows nothing would pass the tests above."""
    often = defaultdict(int)
    for seed in range(IN_EVERY_RUN):
        days = Days(Omgang(seed))
        for _ in days.go_through():
            pass
        for rights in days.omgang.readers:
            first, second = (days.seen_by(rights, meeting) for meeting in MEETINGS)
            often[second.shown] += 1
            often["hidden"] += bool(second.sight.hidden)
            often["moved"] += second.shown == Shown.FIGURES and second.movement_since(first) is not None
            often["renewed"] += second.shown == Shown.FIGURES and second.sight.answers != days.past["second"][0].answers
            often["printed"] += any(days.printed.values())
    assert min(often.values()) > 10, often
    assert len(often) == 7
