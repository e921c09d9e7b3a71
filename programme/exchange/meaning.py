"""What the rows of a package must be to each other (data/FORMAT.md), once each has its shape."""

import re
from collections.abc import Container, Hashable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from cohorts.enums import CohortKind, Role
from improvements.enums import Stage
from meetings.enums import MeetingKind
from programme.exchange.facts import DEFAULT_SECTIONS, Facts, Version
from programme.exchange.parsing import Malformed, shown, step_into

DIGITS = {CohortKind.KOMMUNER: (4,), CohortKind.REGIONER: (2,), CohortKind.MIXED: (2, 4)}
IN_WORDS = {2: "two", 4: "four"}
WITH_THEME = (MeetingKind.LEARNING_MEETING, MeetingKind.DEEP_DIVE)


class Meaning:
    """Raises `Malformed` at the first row that breaks a rule."""

    def __init__(self, document: dict[str, Any], facts: Facts) -> None:
        self.document = document
        self.facts = facts
        self.cohort: dict[str, Any] = document["cohort"]
        self.people = {row["organisation"]: row for row in document["participants"]}
        self.groups = {row["key"]: row for row in document["groups"]}
        self.meetings = {row["key"]: row for row in document["meetings"]}

    def check(self) -> None:
        self.version = self._cohort()
        self._participants()
        self._groups()
        self._meetings()
        self._assessments()
        self._efforts()
        self._improvements()
        self._reports()

    def rows(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for index, row in enumerate(self.document[name]):
            yield f"$.{name}[{index}]", row

    def _cohort(self) -> Version:
        path, cohort = "$.cohort", self.cohort
        in_order(
            f"{path}.ends_on",
            f"a day not before starts_on {cohort['starts_on']}",
            cohort["starts_on"],
            cohort["ends_on"],
        )
        known(f"{path}.checklist", cohort["checklist"], self.facts.versions, "the key of a checklist")
        version = self.facts.versions[cohort["checklist"]]
        if cohort["half_steps"] and not version.checklist.half_steps:
            raise Malformed(f"{path}.half_steps", "false, as in the checklist", "true")
        for name in ("sections", "expected_results"):
            once(((f"{path}.{name}[{i}].key", row["key"]) for i, row in enumerate(cohort[name])), "each key")
        return version

    def _participants(self) -> None:
        digits = DIGITS[CohortKind(self.cohort["kind"])]
        words = " or ".join(IN_WORDS[count] for count in digits)
        for path, row in self.rows("participants"):
            code = row["organisation"]
            if len(code) not in digits:
                raise Malformed(f"{path}.organisation", f"a code of {words} digits", shown(code))
            known(f"{path}.organisation", code, self.facts.organisations, "an organisation in the register")
            self._withdrawal(path, row)
        # By organisation and not by code: Gotland's two codes are one organisation.
        organisations = self.facts.organisations
        once(
            (
                (f"{path}.organisation", row["organisation"], organisations[row["organisation"]].pk)
                for path, row in self.rows("participants")
            ),
            "each organisation",
        )

    def _withdrawal(self, path: str, row: dict[str, Any]) -> None:
        left = row["withdrawn_on"]
        if left is None:
            return
        if row["status"] != "withdrawn":
            raise Malformed(f"{path}.withdrawn_on", "null, since the status is not withdrawn", shown(left))
        if not self.cohort["starts_on"] <= left <= self.cohort["ends_on"]:
            raise Malformed(f"{path}.withdrawn_on", "a day within the omgång", shown(left))

    def _groups(self) -> None:
        for path, group in self.rows("groups"):
            for i, code in enumerate(group["members"]):
                self._person(f"{path}.members[{i}]", code, Role.PARTICIPANT)
            for i, mentor in enumerate(group["mentors"]):
                role = Role.SUPPORTING_MENTOR if mentor["supporting"] else Role.MENTOR
                self._person(f"{path}.mentors[{i}].organisation", mentor["organisation"], role)
            mentors = ((f"{path}.mentors[{i}].organisation", m["organisation"]) for i, m in enumerate(group["mentors"]))
            once(mentors, "each mentor of the group")
        once(((f"{path}.key", group["key"]) for path, group in self.rows("groups")), "each key")
        members = (
            (f"{p}.members[{i}]", code) for p, group in self.rows("groups") for i, code in enumerate(group["members"])
        )
        once(members, "each member in one group")

    def _person(self, path: str, code: str, role: str | None = None) -> None:
        known(path, code, self.people, "one of the participants")
        found = self.people[code]["role"]
        if role and found != role:
            raise Malformed(path, f"an organisation with the role {role}", f"{shown(code)} with the role {found}")

    def _meetings(self) -> None:
        before = ""
        for path, row in self.rows("meetings"):
            if row["group"] is not None:
                known(f"{path}.group", row["group"], self.groups, "the key of a group, or null")
            if row["theme"] is None and row["kind"] in WITH_THEME:
                raise Malformed(f"{path}.theme", f"a text, as the kind is {row['kind']}", "null")
            first, last = self.cohort["starts_on"], self.cohort["ends_on"]
            in_order(f"{path}.starts_on", f"a day within the omgång, {first} to {last}", first, row["starts_on"], last)
            in_order(
                f"{path}.ends_on", f"a day from {row['starts_on']} to {last}", row["starts_on"], row["ends_on"], last
            )
            in_order(
                f"{path}.starts_on", f"meetings in the order of their days, so from {before}", before, row["starts_on"]
            )
            before = row["starts_on"]
        once(((f"{path}.key", row["key"]) for path, row in self.rows("meetings")), "each key")
        numbers = (
            (f"{p}.number", str(m["number"]), (m["kind"], m["number"], m["group"])) for p, m in self.rows("meetings")
        )
        once(numbers, "each number of a kind and group")

    def _assessments(self) -> None:
        values = self.version.values(half_steps=self.cohort["half_steps"])
        for path, row in self.rows("assessments"):
            self._person(f"{path}.organisation", row["organisation"])
            if row["meeting"] is not None:
                known(f"{path}.meeting", row["meeting"], self.meetings, "the key of a meeting, or null")
            self._scores(path, row, values)
            self._submission(path, row)
        keys = ((f"{p}.organisation", row["organisation"], natural_key(row)) for p, row in self.rows("assessments"))
        once(keys, "each organisation at a meeting, or on a day outside meetings,")

    def _submission(self, path: str, row: dict[str, Any]) -> None:
        day, submitted = row["submitted_on"], row["status"] == "submitted"
        if submitted and day is None:
            raise Malformed(f"{path}.submitted_on", "a day, since the assessment is submitted", "null")
        if not submitted and day is not None:
            raise Malformed(f"{path}.submitted_on", "null, since the assessment is a draft", shown(day))
        left = self.people[row["organisation"]]["withdrawn_on"]
        if day and left and day > left:
            raise Malformed(f"{path}.submitted_on", f"a day not after the organisation left {left}", shown(day))
        if submitted:
            for item in self.version.items:
                if item not in row["scores"]:
                    raise Malformed(f"{path}.scores.{item}", "a score, since the assessment is submitted", "nothing")

    def _scores(self, path: str, row: dict[str, Any], values: frozenset[Decimal]) -> None:
        for name in ("scores", "comments"):
            for key in row[name]:
                self._item(step_into(f"{path}.{name}", key), key)
        steps = self.version.steps
        expected = f"a text {steps[0]}–{steps[-1]} in {'half' if self.cohort['half_steps'] else 'whole'} steps"
        for key, value in row["scores"].items():
            text = isinstance(value, str) and re.fullmatch(r"\d(\.\d)?", value, re.ASCII)
            if not text or Decimal(value) not in values:
                raise Malformed(f"{path}.scores.{key}", expected, shown(value))
        for i, key in enumerate(row["glad_to_tell"]):
            self._item(f"{path}.glad_to_tell[{i}]", key)
        once(((f"{path}.glad_to_tell[{i}]", key) for i, key in enumerate(row["glad_to_tell"])), "each item")

    def _item(self, path: str, key: str) -> None:
        known(path, key, self.version.items, f"an item of {self.version.checklist.key}")

    def _work(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Efforts and improvements: whose they are, and their natural key."""
        for path, row in self.rows(name):
            self._person(f"{path}.organisation", row["organisation"])
            if row["item"] is not None:
                self._item(f"{path}.item", row["item"])
            yield path, row
        titles = ((f"{p}.title", row["title"], (row["organisation"], row["title"])) for p, row in self.rows(name))
        once(titles, "each title of an organisation")

    def _efforts(self) -> None:
        chain = Stage.values
        for path, row in self._work("efforts"):
            if row["example"] and not row["shared"]:
                raise Malformed(f"{path}.shared", "true, since the effort is offered as an example", "false")
            reached = -1
            for i, step in enumerate(row["steps"]):
                if chain.index(step["stage"]) <= reached:
                    expected = f"each stage once and in the chain's order, {', '.join(chain)}"
                    raise Malformed(f"{path}.steps[{i}].stage", expected, shown(step["stage"]))
                reached = chain.index(step["stage"])

    def _improvements(self) -> None:
        for path, row in self._work("improvements"):
            lender = row["borrowed_from"]
            if lender is not None:
                self._person(f"{path}.borrowed_from", lender)
                if lender == row["organisation"]:
                    raise Malformed(f"{path}.borrowed_from", "another organisation, or null", shown(lender))
            for i, cycle in enumerate(row["cycles"]):
                if cycle["decision"] and not (cycle["do"] and cycle["study"] and cycle["act"]):
                    expected = "null, since a decision stands only when all four steps are told"
                    raise Malformed(f"{path}.cycles[{i}].decision", expected, shown(cycle["decision"]))

    def _reports(self) -> None:
        sections = [row["key"] for row in self.cohort["sections"]] or DEFAULT_SECTIONS
        for path, row in self.rows("reports"):
            self._person(f"{path}.organisation", row["organisation"])
            reported = self.people[row["organisation"]]["reported"]
            if reported is (row["status"] == "draft"):
                expected = '"draft" from one that has not reported, else "submitted" or "published"'
                raise Malformed(f"{path}.status", expected, shown(row["status"]))
            if row["status"] == "published" and row["approved_on"] is None:
                raise Malformed(f"{path}.approved_on", "a day, since the report is published", "null")
            for key in row["sections"]:
                known(step_into(f"{path}.sections", key), key, sections, "a section of the omgång")
        once(((f"{p}.organisation", row["organisation"]) for p, row in self.rows("reports")), "each organisation")


def natural_key(assessment: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """By its meeting; outside meetings by its day, which a draft has none of."""
    meeting = assessment["meeting"]
    return assessment["organisation"], meeting, None if meeting else assessment["submitted_on"]


def known(path: str, key: str, among: Container[str], expected: str) -> None:
    if key not in among:
        raise Malformed(path, expected, shown(key))


def once(rows: Iterable[tuple[str, str] | tuple[str, str, Hashable]], what: str) -> None:
    """No value twice; where rows are told apart by more than the value shown, that is the third."""
    seen: set[Hashable] = set()
    for path, value, *more in rows:
        key = more[0] if more else value
        if key in seen:
            raise Malformed(path, f"{what} once", f"{shown(value)} again")
        seen.add(key)


def in_order(path: str, expected: str, *days: str) -> None:
    """The second day is the one at fault; days in ISO 8601 sort as texts."""
    if list(days) != sorted(days):
        raise Malformed(path, expected, shown(days[1]))
