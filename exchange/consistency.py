"""Rules between the rows of a package (data/FORMAT.md), for a document that has the right shape."""

import re
from collections.abc import Container, Hashable, Iterable, Iterator
from datetime import time
from decimal import Decimal
from typing import Any

from cohorts.enums import Role
from cohorts.kinds import PARTICIPANTS, takes
from exchange.parsing import Malformed, shown, step_into
from exchange.references import KnownVersion, References, key_figures
from exchange.schema import VERSIONS, in_version
from improvements.enums import Stage, StepState
from indicators.enums import ValueSource
from kit.when import is_real
from meetings.circles import circle_from
from meetings.kinds import MeetingKind
from reports.content.frozen import checksum_of
from reports.enums import SectionKind, SourceKind
from reports.joint_chapters import USUAL as USUAL_CHAPTERS
from reports.models import ChapterText
from reports.sections import BETWEEN
from reports.sections import DEFAULT as USUAL_SECTIONS

LONGEST_TEXT_KEY = ChapterText._meta.get_field("key").max_length or 0
DIGITS = {"region": "two", "kommun": "four"}


def check_consistency(document: dict[str, Any], references: References) -> None:
    """Raise `Malformed` at the first row that breaks a rule; keys that an earlier version lacks count as empty."""
    Consistency(in_version(document, VERSIONS[-1]), references).check()


class Consistency:
    def __init__(self, document: dict[str, Any], references: References) -> None:
        self.document = document
        self.references = references
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
        self._analyses()
        self._reports()
        self._joint_report()
        self._outcomes()
        self._periods()
        self._indicators()
        self._evaluation()

    def rows(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for index, row in enumerate(self.document.get(name, [])):
            yield f"$.{name}[{index}]", row

    def _cohort(self) -> KnownVersion:
        path, cohort = "$.cohort", self.cohort
        in_order(
            f"{path}.ends_on",
            f"a day not before starts_on {cohort['starts_on']}",
            cohort["starts_on"],
            cohort["ends_on"],
        )
        known(f"{path}.checklist", cohort["checklist"], self.references.versions, "the key of a checklist")
        version = self.references.versions[cohort["checklist"]]
        if cohort["half_steps"] and not version.checklist.half_steps:
            raise Malformed(f"{path}.half_steps", "false, as in the checklist", "true")
        for name in ("sections", "chapters", "expected_results"):
            once(((f"{path}.{name}[{i}].key", row["key"]) for i, row in enumerate(cohort[name])), "each key")
        opens, closes = cohort["interest_opens_on"], cohort["interest_closes_on"]
        if opens and closes:
            in_order(f"{path}.interest_closes_on", f"a day not before {opens}", opens, closes)
        if cohort["group_max"] < cohort["group_min"]:
            raise Malformed(
                f"{path}.group_max", f"at least group_min {cohort['group_min']}", shown(cohort["group_max"])
            )
        if cohort["part_checklist"] is not None:
            expected = "the key of a checklist, or null"
            known(f"{path}.part_checklist", cohort["part_checklist"], self.references.versions, expected)
        return version

    def _participants(self) -> None:
        kind = self.cohort["kind"]
        words = " or ".join(DIGITS[each] for each in reversed(PARTICIPANTS[kind]))
        for path, row in self.rows("participants"):
            code = row["organisation"]
            if not takes(kind, code, row["role"]):
                raise Malformed(f"{path}.organisation", f"a code of {words} digits", shown(code))
            known(f"{path}.organisation", code, self.references.organisations, "an organisation in the register")
            self._withdrawal(path, row)
            for i, decision in enumerate(row["decisions"]):
                self._labels(f"{path}.decisions[{i}]", decision)
            placed = (
                (f"{path}.placements[{i}].occasion", placement["occasion"])
                for i, placement in enumerate(row["placements"])
            )
            once(placed, "each occasion")
            self._judgements(path, row)
        # Compare organisations and not codes: Gotland's two codes are one organisation.
        organisations = self.references.organisations
        once(
            (
                (f"{path}.organisation", row["organisation"], organisations[row["organisation"]].pk)
                for path, row in self.rows("participants")
            ),
            "each organisation",
        )
        first, last = self.cohort["starts_on"], self.cohort["ends_on"]
        for path, row in self.rows("participants"):
            if row["joined_on"] is not None:
                in_order(f"{path}.joined_on", "a day within the omgång", first, row["joined_on"], last)

    def _judgements(self, path: str, row: dict[str, Any]) -> None:
        """Refuse a result that the omgång does not expect, and what is not the organisation's own."""
        results = {result["key"] for result in self.cohort["expected_results"]}
        titles = {
            effort["title"] for effort in self.document["efforts"] if effort["organisation"] == row["organisation"]
        }
        answers, goals = row["result_answers"], row["own_goals"]
        for i, answer in enumerate(answers):
            known(f"{path}.result_answers[{i}].result", answer["result"], results, "the key of an expected result")
        once(
            ((f"{path}.result_answers[{i}].result", answer["result"]) for i, answer in enumerate(answers)),
            "each result",
        )
        once(((f"{path}.own_goals[{i}].goal", goal["goal"]) for i, goal in enumerate(goals)), "each goal")
        for name, rows in (("result_answers", answers), ("own_goals", goals)):
            for i, judged in enumerate(rows):
                self._shown_by(f"{path}.{name}[{i}]", row["organisation"], judged, titles)

    def _shown_by(self, path: str, organisation: str, judged: dict[str, Any], titles: set[str]) -> None:
        for name in ("efforts", "indicators", "decisions"):
            once(((f"{path}.{name}[{i}]", str(key)) for i, key in enumerate(judged[name])), f"each of the {name}")
        for i, title in enumerate(judged["efforts"]):
            known(f"{path}.efforts[{i}]", title, titles, "the title of an effort of the organisation")
        for i, number in enumerate(judged["decisions"]):
            self._decision(f"{path}.decisions[{i}]", organisation, number)

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
        actual = self.people[code]["role"]
        if role and actual != role:
            raise Malformed(path, f"an organisation with the role {role}", f"{shown(code)} with the role {actual}")

    def _meetings(self) -> None:
        before = ""
        for path, row in self.rows("meetings"):
            if row["group"] is not None:
                known(f"{path}.group", row["group"], self.groups, "the key of a group, or null")
            if row["theme"] is None and MeetingKind(row["kind"]).facts.is_themed:
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
        for path, row in self.rows("meetings"):
            if row["host"] is not None:
                self._person(f"{path}.host", row["host"])
            self._meeting(f"{path}.hangs_on", row["hangs_on"])
            if row["hangs_on"] == row["key"]:
                raise Malformed(f"{path}.hangs_on", "another meeting, or null", shown(row["key"]))
            _hours(path, row)
        prepares = {row["key"]: row["hangs_on"] for row in self.document["meetings"]}
        for path, row in self.rows("meetings"):
            if circle_from(row["key"], prepares):
                expected = "a meeting that does not, through others, prepare this one"
                raise Malformed(f"{path}.hangs_on", expected, shown(row["hangs_on"]))

    def _meeting(self, path: str, key: str | None) -> None:
        if key is not None:
            known(path, key, self.meetings, "the key of a meeting, or null")

    def _assessments(self) -> None:
        values = self.version.values(half_steps=self.cohort["half_steps"])
        for path, row in self.rows("assessments"):
            self._person(f"{path}.organisation", row["organisation"])
            self._meeting(f"{path}.meeting", row["meeting"])
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
        """Yield the rows, and refuse a title that an organisation has twice among them."""
        for path, row in self.rows(name):
            self._person(f"{path}.organisation", row["organisation"])
            if row.get("item") is not None:
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
                self._step(f"{path}.steps[{i}]", row["organisation"], step)
            for i, step in enumerate(row["past"]):
                self._step(f"{path}.past[{i}]", row["organisation"], step)
            self._labels(path, row)
        self._of_improvements(self.rows("efforts"))

    def _step(self, path: str, organisation: str, step: dict[str, Any]) -> None:
        if not is_real(step["year"], step["month"], step["day"]):
            raise Malformed(f"{path}.day", "a day of the month, which is given too", shown(step["day"]))
        if (step["state"] == StepState.PARTLY) != (step["part"] is not None):
            raise Malformed(f"{path}.part", "a text where the state is partly, else null", shown(step["part"]))
        once(((f"{path}.whom[{i}]", key) for i, key in enumerate(step["whom"])), "each group")
        if step["decision"] is not None:
            self._decision(f"{path}.decision", organisation, step["decision"])

    def _decision(self, path: str, organisation: str, number: int) -> None:
        if number > len(self.people[organisation]["decisions"]):
            raise Malformed(path, "the number of one of the organisation's decisions", str(number))

    def _labels(self, path: str, row: dict[str, Any]) -> None:
        for name in ("goals", "articles", "tags"):
            once(((f"{path}.{name}[{i}]", key, key) for i, key in enumerate(row[name])), "each label")
        for i, name in enumerate(row["articles"]):
            known(f"{path}.articles[{i}]", name, self.references.articles, "the number or the heading of an article")

    def _analyses(self) -> None:
        for path, row in self._work("analyses"):
            if (row["signed_function"] is None) != (row["signed_on"] is None):
                expected = "a function and a day, or null for both"
                raise Malformed(f"{path}.signed_on", expected, shown(row["signed_on"]))

    def _improvements(self) -> None:
        for path, row in self._work("improvements"):
            lender = row["borrowed_from"]
            if lender is not None:
                self._person(f"{path}.borrowed_from", lender)
                if lender == row["organisation"]:
                    raise Malformed(f"{path}.borrowed_from", "another organisation, or null", shown(lender))
            self._labels(path, row)
            once(((f"{path}.indicators[{i}]", key) for i, key in enumerate(row["indicators"])), "each indicator")
            ideas = {idea["text"] for idea in row["ideas"]}
            for i, cycle in enumerate(row["cycles"]):
                if cycle["idea"] is not None:
                    known(f"{path}.cycles[{i}].idea", cycle["idea"], ideas, "the text of one of the ideas, or null")
                if cycle["decision"] and not (cycle["do"] and cycle["study"] and cycle["act"]):
                    expected = "null, since a decision stands only when all four steps are told"
                    raise Malformed(f"{path}.cycles[{i}].decision", expected, shown(cycle["decision"]))

    def _reports(self) -> None:
        places = list(self._places())
        for path, row in self.rows("reports"):
            self._person(f"{path}.organisation", row["organisation"])
            self._state(path, row)
            self._editions(f"{path}.editions", row["editions"], row["status"], needs_approval=True)
            for key in row["sections"]:
                known(step_into(f"{path}.sections", key), key, places, "a section of the omgång")
                self._quotes(step_into(f"{path}.sections", key), row["sections"][key].get("quotes", []))
        once(((f"{p}.organisation", row["organisation"]) for p, row in self.rows("reports")), "each organisation")

    def _places(self) -> Iterator[str]:
        """Yield the keys of all texts that a report of the omgång can have."""
        parts = {SectionKind.MOMENTS: self.version.items, SectionKind.STAGES: Stage.values}
        for row in self.cohort["sections"] or [{"key": heading.key} for heading in USUAL_SECTIONS]:
            yield row["key"]
            yield from (f"{row['key']}{BETWEEN}{part}" for part in parts.get(row.get("kind"), ()))

    def _quotes(self, path: str, rows: list[dict[str, Any]]) -> None:
        once(((f"{path}.quotes[{i}].text", row["text"]) for i, row in enumerate(rows)), "each quote")
        for i, row in enumerate(rows):
            if row["withdrawn_on"] and not row["consented_on"]:
                raise Malformed(f"{path}.quotes[{i}].consented_on", "a day, since the quote is withdrawn", "null")

    def _state(self, path: str, row: dict[str, Any]) -> None:
        reported = self.people[row["organisation"]]["reported"]
        public = any(edition["published_on"] for edition in row["editions"])
        # A published report has come in, also while it is corrected.
        if reported is not (row["status"] != "draft" or public):
            expected = '"draft" from one that has not reported, else "submitted" or "published"'
            raise Malformed(f"{path}.status", expected, shown(row["status"]))
        if row["status"] == "published" and row["approved_on"] is None:
            raise Malformed(f"{path}.approved_on", "a day, since the report is published", "null")

    def _joint_report(self) -> None:
        joint = self.document["joint_report"]
        if joint is not None:
            self._editions("$.joint_report.editions", joint["editions"], joint["status"], needs_approval=False)
            for index, edition in enumerate(joint["editions"]):
                after, content = edition.get("interim_after") or "", edition["content"].get("interim_after", "")
                if after != content:
                    path = f"$.joint_report.editions[{index}].interim_after"
                    raise Malformed(path, f"{shown(content or None)}, as in the content", shown(after or None))
            chapters = [row["key"] for row in self.cohort["chapters"]] or [heading.key for heading in USUAL_CHAPTERS]
            for key in joint["texts"]:
                path = step_into("$.joint_report.texts", key)
                if len(key) > LONGEST_TEXT_KEY or not re.fullmatch(r"[-\w]+", key, re.ASCII):
                    raise Malformed(path, "the key of a chapter, or of a chapter and a part of it", shown(key))
                known(path, key.partition(BETWEEN)[0], chapters, "a chapter of the omgång")
                self._taken_in(path, joint["texts"][key].get("taken_in", []))

    def _taken_in(self, path: str, rows: list[dict[str, Any]]) -> None:
        for i, row in enumerate(rows):
            here, code = f"{path}.taken_in[{i}].organisation", row["organisation"]
            if (row["kind"] == SourceKind.EVALUATOR) is not (code is None):
                raise Malformed(here, "null where the source is the evaluator's, else an organisation", shown(code))
            if code is not None:
                self._person(here, code)

    def _editions(self, path: str, rows: list[dict[str, Any]], status: str, *, needs_approval: bool) -> None:
        for index, row in enumerate(rows):
            here = f"{path}[{index}]"
            if row["number"] != index + 1:
                raise Malformed(f"{here}.number", f"{index + 1}, as editions are numbered in order", str(row["number"]))
            if row["checksum"] != checksum_of(row["content"]):
                raise Malformed(f"{here}.checksum", "the checksum of the content", shown(row["checksum"]))
            if needs_approval and row["published_on"] and not row["approved_on"]:
                raise Malformed(f"{here}.approved_on", "a day, since the edition is published", "null")
        if rows and status == "published" and not rows[-1]["published_on"]:
            raise Malformed(f"{path}[{len(rows) - 1}].published_on", "a day, since the report is published", "null")

    def _evaluation(self) -> None:
        for path, row in self.rows("observations"):
            self._meeting(f"{path}.meeting", row["meeting"])
            if row["item"] is not None:
                self._item(f"{path}.item", row["item"])
        for path, row in self.rows("interviews"):
            if row["organisation"] is not None:
                self._person(f"{path}.organisation", row["organisation"])
            if (row["function"] is None) is (row["title"] is None):
                expected = "a text where function is null, else null"
                raise Malformed(f"{path}.title", expected, shown(row["title"]))
        for name, key in (("programme_goals", "text"), ("advice_answers", "tag")):
            once(((f"{path}.{key}", row[key]) for path, row in self.rows(name)), f"each {key}")
        self._goal_judgements()

    def _goal_judgements(self) -> None:
        for path, row in self.rows("judgements"):
            if (row["result"] is None) is (row["goal"] is None):
                raise Malformed(f"{path}.goal", "a text where result is null, else null", shown(row["goal"]))
        keys = (
            (f"{path}.judged_by", row["judged_by"], (row["result"], row["goal"], row["judged_by"]))
            for path, row in self.rows("judgements")
        )
        once(keys, "each judge of a goal")

    def _outcomes(self) -> None:
        for name in ("agreements", "impressions", "takeaways", "links"):
            for path, row in self._of_meetings(name):
                if row["organisation"] is not None:
                    self._person(f"{path}.organisation", row["organisation"])
        for path, row in self._of_meetings("takeaways"):
            self._person(f"{path}.source", row["source"])
            if row["source"] == row["organisation"]:
                raise Malformed(f"{path}.source", "another organisation", shown(row["source"]))
        self._of_improvements(self._of_meetings("takeaways"))

    def _of_improvements(self, rows: Iterable[tuple[str, dict[str, Any]]]) -> None:
        """Refuse rows that name an improvement which the organisation has not, or which another of them names."""
        work = {(row["organisation"], row["title"]) for row in self.document["improvements"]}
        named = [(path, row) for path, row in rows if row["improvement"] is not None]
        for path, row in named:
            if (row["organisation"], row["improvement"]) not in work:
                expected = "the title of an improvement of the organisation, or null"
                raise Malformed(f"{path}.improvement", expected, shown(row["improvement"]))
        keys = (
            (f"{path}.improvement", row["improvement"], (row["organisation"], row["improvement"]))
            for path, row in named
        )
        once(keys, "each improvement of an organisation")

    def _of_meetings(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for path, meeting in self.rows("meetings"):
            for index, row in enumerate(meeting[name]):
                yield f"{path}.{name}[{index}]", row

    def _periods(self) -> None:
        for path, row in self.rows("periods"):
            self._meeting(f"{path}.after", row["after"])
            self._meeting(f"{path}.before", row["before"])
        reporting = ((f"{path}.is_reporting", "true") for path, row in self.rows("periods") if row["is_reporting"])
        for path, _ in list(reporting)[1:]:
            raise Malformed(path, "one period in which the report is written", "another")

    def _indicators(self) -> None:
        """Refuse a key figure that this site does not know, and own values of an official one."""
        rows = list(self._work("indicators"))
        figures = key_figures(row["key_figure"] for _, row in rows)
        for path, row in rows:
            if (row["source"] == ValueSource.KOLADA) is not (row["key_figure"] is not None):
                expected = "a key figure where the source is kolada, else null"
                raise Malformed(f"{path}.key_figure", expected, shown(row["key_figure"]))
            if row["key_figure"] is not None:
                known(f"{path}.key_figure", row["key_figure"], figures, "a key figure of this site's catalogue")
            once(((f"{path}.decisions[{i}]", str(n)) for i, n in enumerate(row["decisions"])), "each decision")
            for i, number in enumerate(row["decisions"]):
                self._decision(f"{path}.decisions[{i}]", row["organisation"], number)
            self._labels(path, row)
            if row["values"] and row["key_figure"] is not None:
                raise Malformed(f"{path}.values", "none, since the values are Kolada's", shown(row["values"]))
            periods = ((f"{path}.values[{i}].period", value["period"]) for i, value in enumerate(row["values"]))
            once(periods, "each period")
        keys = ((f"{path}.key", row["key"], (row["organisation"], row["key"])) for path, row in rows)
        once(keys, "each key of an organisation")


def natural_key(assessment: dict[str, Any]) -> tuple[str, str | None, str | None]:
    """Return the key that recognises an assessment: its meeting, or outside meetings its day, which a draft lacks."""
    meeting = assessment["meeting"]
    return assessment["organisation"], meeting, None if meeting else assessment["submitted_on"]


def known(path: str, key: str, among: Container[str], expected: str) -> None:
    if key not in among:
        raise Malformed(path, expected, shown(key))


def once(rows: Iterable[tuple[str, str] | tuple[str, str, Hashable]], what: str) -> None:
    """Refuse a value that comes twice; a third part of a row is compared in place of the value that is shown."""
    seen: set[Hashable] = set()
    for path, value, *more in rows:
        key = more[0] if more else value
        if key in seen:
            raise Malformed(path, f"{what} once", f"{shown(value)} again")
        seen.add(key)


def in_order(path: str, expected: str, *days: str) -> None:
    """Refuse days that are not in order, at the second of them. Days in ISO 8601 sort as texts."""
    if list(days) != sorted(days):
        raise Malformed(path, expected, shown(days[1]))


def _hours(path: str, row: dict[str, Any]) -> None:
    starts, ends = row["starts_at"], row["ends_at"]
    if ends and not starts:
        raise Malformed(f"{path}.starts_at", "an hour, since ends_at has one", "null")
    is_one_day = row["starts_on"] == row["ends_on"]
    if starts and ends and is_one_day and time.fromisoformat(ends) <= time.fromisoformat(starts):
        raise Malformed(f"{path}.ends_at", f"an hour after {starts}, since the meeting is over in a day", shown(ends))
