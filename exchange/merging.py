"""Merging of a checked package with the stored rows: rows are recognised by natural keys, and never deleted.

A row in a list (a member, a score, a comment, a step) is kept if the package does not name it, and so is everything
that only a later version carries. A flag follows the package, so that a "glad to tell" can be taken back.
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from admission import carried as admission
from assessments import carried as assessments
from assessments.actions.rounds import reduce_ratings
from assessments.enums import AssessmentState
from assessments.models import Assessment, AssessmentPlan, Score
from cohorts import carried as cohorts
from cohorts.enums import Role
from cohorts.models import Cohort, ExpectedResult, Group, GroupMentor, Participation
from decisions import carried as decisions
from decisions.models import PoliticalDecision
from evaluation import carried as evaluation
from exchange.consistency import natural_key
from exchange.parsing import Malformed, shown, step_into
from exchange.references import References, key_figures
from exchange.writer import Writer, differing, places, same_rows
from improvements import carried as improvements
from improvements.enums import StepState
from improvements.models import Cycle, Effort, EffortStep, Improvement
from improvements.states import state_after
from indicators import carried as indicators
from indicators.models import Analysis, Indicator, Value
from kit.carrying import LARGEST, Shape, read, to_day
from meetings import carried as meetings
from meetings.models import Meeting
from meetings.whom import meetings_on, theme_of
from mentoring import carried as mentoring
from policy.carried import goal_in, labels_in
from reports import carried as reports
from reports.adopting import adopt
from reports.models import Chapter, ChapterText, JointReport, Report, ReportEdition, ReportSection, Section
from reports.remembering import remember

Row = dict[str, Any]


class Merge:
    """The merge of one package with its omgång; `wrote` is true once anything differed."""

    def __init__(self, document: Row, references: References, *, replace: bool) -> None:
        self.document = document
        self.references = references
        self.replace = replace
        self.version = references.versions[document["cohort"]["checklist"]]
        self.writer = Writer()
        self.handed_in: list[Assessment] = []
        self.to_freeze: list[tuple[Report, date | None]] = []
        self.new_editions: list[ReportEdition] = []
        # The decisions of each organisation, in the order by which the package numbers them.
        self.decisions: dict[str, list[PoliticalDecision]] = {}

    @property
    def wrote(self) -> bool:
        return self.writer.wrote

    def run(self) -> Cohort:
        self._cohort()
        self._participants()
        self._groups()
        self._meetings()
        self._supported()
        self._assessments()
        for row in self.document["participants"]:
            self._of_participant(self.people[row["organisation"]], row)
        self._indicators()
        self._analyses()
        self._improvements()
        self._efforts()
        self._reports()
        self._joint_report()
        self._single(admission.LETTER, self.document["cohort"].get("letter"), {"cohort": self.cohort})
        for row in self.document["meetings"]:
            self._of_meeting(self.meetings[row["key"]], row)
        self._list(meetings.PERIOD, self.document.get("periods", []), {"cohort": self.cohort}, self._ends)
        self.writer.flush()  # before rows that name an expected result
        self._evaluation()
        self._judgements()
        for assessment in self.handed_in:
            reduce_ratings(assessment)
        for report, approved_on in self.to_freeze:
            adopt(report, approved_on)
        for edition in self.new_editions:
            remember(edition)
        return self.cohort

    # The omgång and who is in it

    def _cohort(self) -> None:
        row = self.document["cohort"]
        stored = Cohort.objects.select_for_update().filter(slug=row["slug"]).first()
        self.created = stored is None
        values = read(cohorts.COHORT, row) | {"provenance": self.document["provenance"]}
        self.cohort = self.writer.put(Cohort, stored, {"slug": row["slug"]}, values)
        plan = AssessmentPlan.objects.filter(cohort=self.cohort).first()
        rescaled = plan is not None and plan.half_steps != row["half_steps"]
        plan = self.writer.put(AssessmentPlan, plan, {"cohort": self.cohort}, self._plan(row))
        self.scale = {"checklist": plan.checklist, "half_steps": plan.half_steps}
        if rescaled:
            Assessment.objects.by_plan_of(self.cohort).update(half_steps=plan.half_steps)
        self._keyed(Section, reports.SECTION, row["sections"])
        self._keyed(Chapter, reports.CHAPTER, row.get("chapters", []))
        self._keyed(ExpectedResult, cohorts.EXPECTED_RESULT, row["expected_results"])

    def _plan(self, row: Row) -> Row:
        values = read(assessments.PLAN, row) | {"checklist_id": self.version.checklist.pk}
        if "part_checklist" in row:
            key = row["part_checklist"]
            values["part_checklist_id"] = self.references.versions[key].checklist.pk if key else None
        return values

    def _keyed(self, model: Any, shape: Shape, rows: list[Row]) -> None:
        stored = {row.key: row for row in model.objects.filter(cohort=self.cohort)}
        for row, place in zip(rows, self._places(model, [stored.get(r["key"]) for r in rows]), strict=True):
            values = read(shape, row) | {"position": place}
            self.writer.put_later(model, stored.get(row["key"]), {"cohort": self.cohort, "key": row["key"]}, values)

    def _places(self, model: Any, stored: list[Any], **of: Any) -> list[int]:
        last = model.objects.filter(**(of or {"cohort": self.cohort})).aggregate(last=Max("position"))["last"]
        return places(stored, -1 if last is None else last)

    def _participants(self) -> None:
        rows = self.document["participants"]
        stored = {row.organisation_id: row for row in Participation.objects.filter(cohort=self.cohort)}
        organisations = [self.references.organisations[row["organisation"]] for row in rows]
        order = self._places(Participation, [stored.get(organisation.pk) for organisation in organisations])
        self.people: dict[str, Participation] = {}
        for row, organisation, place in zip(rows, organisations, order, strict=True):
            # The code is part of the key, so that Gotland keeps the code it came with.
            key = {"cohort": self.cohort, "organisation": organisation, "code": row["organisation"]}
            values = read(cohorts.PARTICIPANT, row) | {"position": place}
            if row["role"] != Role.PARTICIPANT:  # a mentor leaves the group it was a member of
                values["group_id"] = None
            self.people[row["organisation"]] = self.writer.put(Participation, stored.get(organisation.pk), key, values)
        invented = self.cohort.participations.filter(organisation__invented=True).exists()
        self.writer.change(self.cohort, differing(self.cohort, {"constructed": invented}))

    def _of_participant(self, person: Participation, row: Row) -> None:
        key = {"participation": person}
        made = self._list(decisions.DECISION, row.get("decisions", []), key, labels_in)
        self.decisions[row["organisation"]] = made
        self._list(improvements.PLACEMENT, row.get("placements", []), key)
        self._list(evaluation.ADVICE, row.get("advice", []), key)
        self._single(mentoring.OFFER, row.get("mentor_offer"), key)
        self._single(mentoring.AGREEMENT, row.get("mentor_agreement"), key)
        self._single(assessments.TITLE, row.get("title"), key)

    def _groups(self) -> None:
        rows = self.document["groups"]
        stored = {group.key: group for group in Group.objects.filter(cohort=self.cohort)}
        self.groups = dict(stored)
        self.mentorships: list[tuple[GroupMentor, str]] = []
        for row, place in zip(rows, self._places(Group, [stored.get(r["key"]) for r in rows]), strict=True):
            values = read(cohorts.GROUP, row) | {"position": place}
            key = {"cohort": self.cohort, "key": row["key"]}
            group = self.groups[row["key"]] = self.writer.put(Group, stored.get(row["key"]), key, values)
            for code in row["members"]:
                member = self.people[code]
                self.writer.change(member, differing(member, {"group_id": group.pk}))
            self._mentors(group, row["mentors"])

    def _mentors(self, group: Group, rows: list[Row]) -> None:
        stored = {mentor.participation_id: mentor for mentor in GroupMentor.objects.filter(group=group)}
        people = [self.people[row["organisation"]] for row in rows]
        order = self._places(GroupMentor, [stored.get(person.pk) for person in people], group=group)
        for row, person, place in zip(rows, people, order, strict=True):
            values = read(cohorts.MENTOR, row) | {"position": place}
            key = {"group": group, "participation": person}
            mentorship = self.writer.put(GroupMentor, stored.get(person.pk), key, values)
            self.mentorships.append((mentorship, row["theme"] or ""))

    def _supported(self) -> None:
        """Set which lärandeträffar each mentor supports by theme; a theme that no meeting has is kept as a wish."""
        for mentorship, theme in self.mentorships:
            if theme == theme_of(mentorship) and not mentorship.wished_theme:
                continue
            chosen = meetings_on(theme, mentorship.group_id, self.meetings.values()) if theme else []
            self.writer.change(mentorship, differing(mentorship, {"wished_theme": "" if chosen else theme}))
            if set(chosen) != set(mentorship.meetings.all()):
                mentorship.meetings.set(chosen)
                self.writer.wrote = True

    # Meetings, and what lies at them

    def _meetings(self) -> None:
        self.meetings = {meeting.key: meeting for meeting in Meeting.objects.filter(cohort=self.cohort)}
        rows = [(row["key"], self._meeting(row)) for row in self.document["meetings"]]
        self._make_room(rows)
        for key, values in rows:
            self.meetings[key] = self.writer.put(
                Meeting, self.meetings.get(key), {"cohort": self.cohort, "key": key}, values
            )
        for row in self.document["meetings"]:
            if "hangs_on" in row:
                meeting, target = self.meetings[row["key"]], self._meeting_pk(row["hangs_on"])
                self.writer.change(meeting, differing(meeting, {"hangs_on_id": target}))

    def _meeting(self, row: Row) -> Row:
        values = read(meetings.MEETING, row) | {"group_id": self.groups[row["group"]].pk if row["group"] else None}
        if "host" in row:
            values["host_id"] = self.people[row["host"]].pk if row["host"] else None
        return values

    def _make_room(self, rows: list[tuple[str, Row]]) -> None:
        # Numbers are unique: meetings that swap numbers are first moved out of the way.
        numbered = ("kind", "number", "group_id")
        stored = [(self.meetings[key], values) for key, values in rows if key in self.meetings]
        moved = [row for row, values in stored if any(getattr(row, name) != values[name] for name in numbered)]
        if len(moved) > 1:
            for place, meeting in enumerate(moved):
                self.writer.change(meeting, {"number": LARGEST - place})

    def _meeting_pk(self, key: str | None) -> int | None:
        return self.meetings[key].pk if key else None

    def _of_meeting(self, meeting: Meeting, row: Row) -> None:
        key = {"meeting": meeting}
        self._list(meetings.AGENDA_ITEM, row.get("agenda", []), key)
        self._list(meetings.PREPARATION, row.get("preparations", []), key)
        self._list(meetings.HOST_TASK, row.get("host_tasks", []), key)
        self._list(meetings.AGREEMENT, row.get("agreements", []), key, self._whose)
        self._list(meetings.IMPRESSION, row.get("impressions", []), key, self._whose)
        self._takeaways(row.get("takeaways", []), key)
        self._list(meetings.LINK, row.get("links", []), key, self._whose, exclude={"url": ""})

    def _takeaways(self, rows: list[Row], key: Row) -> None:
        ideas = self._list(meetings.TAKEAWAY, rows, key, self._whose_idea)
        for idea, row in zip(ideas, rows, strict=True):
            if row["improvement"] is not None:
                work = self.improvements[idea.participation_id, row["improvement"]]
                self.writer.change(work, differing(work, {"takeaway_id": idea.pk}))

    def _whose(self, row: Row) -> Row:
        return {"participation_id": self.people[row["organisation"]].pk if row["organisation"] else None}

    def _whose_idea(self, row: Row) -> Row:
        return self._whose(row) | {"source_id": self.people[row["source"]].pk}

    def _ends(self, row: Row) -> Row:
        return {"after_id": self._meeting_pk(row["after"]), "before_id": self._meeting_pk(row["before"])}

    # Self-assessments

    def _assessments(self) -> None:
        rows = Assessment.objects.by_plan_of(self.cohort).select_related("participation", "meeting")
        stored: dict[tuple[int, str | None, str | None], Assessment] = {}
        for assessment in rows.prefetch_related("scores").order_by("-pk"):
            meeting = assessment.meeting.key if assessment.meeting else None
            on = assessment.submitted_on.isoformat() if assessment.submitted_on and not meeting else None
            stored[assessment.participation_id, meeting, on] = assessment
        for index, row in enumerate(self.document["assessments"]):
            person = self.people[row["organisation"]]
            same = stored.get((person.pk, *natural_key(row)[1:]))
            self._assessment(f"$.assessments[{index}]", row, person, same)

    def _assessment(self, path: str, row: Row, person: Participation, stored: Assessment | None) -> None:
        values = read(assessments.ASSESSMENT, row)
        scores = {score.item_id: score for score in stored.scores.all()} if stored else {}
        wanted = self._scores(row, scores)
        if stored and stored.is_submitted and not self.replace:
            self._refuse_change(path, row, differing(stored, values), scores, wanted)
        meeting = self.meetings[row["meeting"]] if row["meeting"] else None
        was_draft = stored is not None and stored.is_draft
        assessment = self.writer.put(
            Assessment, stored, {"participation": person, "meeting": meeting, **self.scale}, values
        )
        if was_draft and assessment.is_submitted:
            self.handed_in.append(assessment)
        for key, score in wanted.items():
            item = self.version.items[key]
            self.writer.put_later(Score, scores.get(item.pk), {"assessment": assessment, "item": item}, score)

    def _scores(self, row: Row, stored: dict[int, Score]) -> dict[str, Row]:
        """Return the new values of each item; an item that the package does not name is only no longer glad to tell."""
        wanted: dict[str, Row] = {}
        named = row["scores"].keys() | row["comments"].keys() | set(row["glad_to_tell"])
        for key, item in self.version.items.items():
            if key not in named and item.pk not in stored:
                continue
            wanted[key] = {"glad_to_tell": key in row["glad_to_tell"]}
            if row["status"] == AssessmentState.SUBMITTED:
                wanted[key]["agreed"] = True
            if key in row["scores"]:
                wanted[key]["value"] = Decimal(row["scores"][key])
            if key in row["comments"]:
                wanted[key] |= read(assessments.COMMENT, row["comments"][key])
        return wanted

    def _refuse_change(
        self,
        path: str,
        row: Row,
        changes: Row,
        scores: dict[int, Score],
        wanted: dict[str, Row],
    ) -> None:
        """Refuse a package that changes a submitted assessment, naming the first value that differs."""
        expected = "as submitted and stored, which only --replace changes"
        for key, column in assessments.ASSESSMENT.columns().items():
            if column in changes:
                raise Malformed(f"{path}.{key}", expected, shown(row[key]))
        for key, values in wanted.items():
            for name in differing(scores.get(self.version.items[key].pk), values):
                part = {"value": "scores", "glad_to_tell": "glad_to_tell"}.get(name, "comments")
                where = f"{path}.{part}" if part == "glad_to_tell" else step_into(f"{path}.{part}", key)
                raise Malformed(where, expected, shown(row[part] if part == "glad_to_tell" else row[part].get(key)))

    # Work and reports

    def _efforts(self) -> None:
        for path, effort, row in self._work(Effort, improvements.EFFORT, "efforts", self._of_effort):
            stored = {step.stage: step for step in effort.steps.all()}
            for place, step in enumerate(row["steps"]):
                key = {"effort": effort, "stage": step["stage"]}
                shown_by = self._shown_by(f"{path}.steps[{place}]", row["organisation"], step)
                values = read(improvements.STEP, step) | shown_by
                if step["state"] != StepState.PARTLY:  # an earlier version says nothing of parts
                    values["part"] = ""
                self.writer.put_later(EffortStep, stored.get(step["stage"]), key, values)
            self._past(path, effort, row)

    def _past(self, path: str, effort: Effort, row: Row) -> None:
        def shown_by(step: Row) -> Row:
            return self._shown_by(f"{path}.past[{row['past'].index(step)}]", row["organisation"], step)

        self._list(improvements.PAST_STEP, row.get("past", []), {"effort": effort}, shown_by)

    def _of_effort(self, path: str, row: Row, stored: Effort | None) -> Row:
        about: Row = labels_in(row, stored)
        if "improvement" in row:
            title, owner = row["improvement"], self.people[row["organisation"]]
            about["improvement_id"] = self.improvements[owner.pk, title].pk if title else None
        return about

    def _shown_by(self, path: str, organisation: str, step: Row) -> Row:
        """Return the goal that a step names, and the indicator and the decision that show it."""
        shown_by: Row = goal_in(step)
        if "indicator" in step:
            key = step["indicator"]
            indicator_id = self._indicator_named(f"{path}.indicator", organisation, key) if key else None
            shown_by["indicator_id"] = indicator_id
        if "decision" in step:
            number = step["decision"]
            shown_by["decision_id"] = self.decisions[organisation][number - 1].pk if number else None
        return shown_by

    def _improvements(self) -> None:
        self._know_improvements()
        analyses = Analysis.objects.filter(participation__cohort=self.cohort)
        self.analyses = {(row.participation_id, row.title): row.pk for row in analyses}
        for path, work, row in self._work(Improvement, improvements.IMPROVEMENT, "improvements", self._of_work):
            ideas = self._list(improvements.CHANGE_IDEA, row.get("ideas", []), {"improvement": work})
            tried = {idea.text: idea.pk for idea in ideas}
            stored = {cycle.number: cycle for cycle in work.cycles.all()}
            for number, cycle in enumerate(row["cycles"], start=1):
                key = {"improvement": work, "number": number}
                values = read(improvements.CYCLE, cycle)
                if "idea" in cycle:
                    values["idea_id"] = tried[cycle["idea"]] if cycle["idea"] else None
                self.writer.put_later(Cycle, stored.get(number), key, values)
            if "indicators" in row:
                self._choose_indicators(path, work, row)
        self._know_improvements()

    def _know_improvements(self) -> None:
        work = Improvement.objects.filter(participation__cohort=self.cohort)
        self.improvements = {(row.participation_id, row.title): row for row in work}

    def _indicators(self) -> None:
        rows = self.document.get("indicators", [])
        mine = {"participation__cohort": self.cohort}
        there = Indicator.objects.filter(**mine).prefetch_related("values") if rows else []
        stored = {(row.participation_id, row.key): row for row in there}
        figures = key_figures(row["key_figure"] for row in rows)
        keys = [(self.people[row["organisation"]], row["key"]) for row in rows]
        order = self._places(Indicator, [stored.get((person.pk, key)) for person, key in keys], **mine)
        for row, (person, key), place in zip(rows, keys, order, strict=True):
            old = stored.get((person.pk, key))
            refers = {
                "key_figure": figures.get(row["key_figure"]),
                "item": self.version.items[row["item"]] if row["item"] else None,
                "position": place,
            }
            values = read(indicators.INDICATOR, row) | refers | labels_in(row, old)
            indicator = self.writer.put(Indicator, old, {"participation": person, "key": key}, values)
            self._values(indicator, row["values"])
            if "decisions" in row:
                made = self.decisions[row["organisation"]]
                self._choose(indicator.decisions, {made[number - 1].pk for number in row["decisions"]})
        known = Indicator.objects.filter(**mine)
        self.indicators = {(row.participation_id, row.key): row.pk for row in known}

    def _values(self, indicator: Indicator, rows: list[Row]) -> None:
        stored = {value.period: value for value in indicator.values.all()}
        for row in rows:
            key = {"indicator": indicator, "period": row["period"]}
            self.writer.put_later(Value, stored.get(row["period"]), key, read(indicators.VALUE, row))

    def _indicator_named(self, path: str, organisation: str, key: str) -> int:
        """Return the number of one of the organisation's indicators: of the package, or already stored."""
        number = self.indicators.get((self.people[organisation].pk, key))
        if number is None:
            raise Malformed(path, "the key of an indicator of the organisation", shown(key))
        return number

    def _choose_indicators(self, path: str, work: Any, row: Row) -> None:
        named = enumerate(row["indicators"])
        keys = {self._indicator_named(f"{path}.indicators[{at}]", row["organisation"], key) for at, key in named}
        self._choose(work.indicators, keys)

    def _choose(self, chosen: Any, wanted: set[int]) -> None:
        if wanted != set(chosen.values_list("pk", flat=True)):
            chosen.set(wanted)
            self.writer.wrote = True

    def _of_work(self, path: str, row: Row, stored: Improvement | None) -> Row:
        lender = self.people[row["borrowed_from"]] if row["borrowed_from"] else None
        about: Row = {"borrowed_from_id": lender.organisation_id if lender else None}
        if stored is None or "state" in row:  # a package of an earlier version leaves the state as it is
            about["state"] = row.get("state") or state_after([cycle["decision"] for cycle in row["cycles"]])
        if "analysis" in row:
            about["analysis_id"] = self._analysis_named(f"{path}.analysis", row)
        return about | labels_in(row, stored)

    def _analysis_named(self, path: str, row: Row) -> int | None:
        if row["analysis"] is None:
            return None
        key = self.people[row["organisation"]].pk, row["analysis"]
        if key not in self.analyses:
            raise Malformed(path, "the title of an analysis of the organisation, or null", shown(row["analysis"]))
        return self.analyses[key]

    def _work(
        self,
        model: Any,
        shape: Shape,
        name: str,
        refers: Callable[[str, Row, Any], Row] = lambda path, row, stored: {},
    ) -> Iterable[tuple[str, Any, Row]]:
        rows = self.document.get(name, [])
        mine = {"participation__cohort": self.cohort}
        stored = {(work.participation_id, work.title): work for work in model.objects.filter(**mine)}
        keys = [(self.people[row["organisation"]], row["title"]) for row in rows]
        order = self._places(model, [stored.get((person.pk, title)) for person, title in keys], **mine)
        for index, (row, (person, title), place) in enumerate(zip(rows, keys, order, strict=True)):
            path, old = f"$.{name}[{index}]", stored.get((person.pk, title))
            values = read(shape, row) | refers(path, row, old) | self._item(row) | {"position": place}
            key = {"participation": person, "title": title}
            yield path, self.writer.put(model, old, key, values), row

    def _item(self, row: Row) -> Row:
        if "item" not in row:
            return {}
        return {"item_id": self.version.items[row["item"]].pk if row["item"] else None}

    def _judgements(self) -> None:
        """Put what each organisation says of results and of its own goals, now that all that it names is there."""
        results = dict(ExpectedResult.objects.filter(cohort=self.cohort).values_list("key", "pk"))
        efforts = Effort.objects.filter(participation__cohort=self.cohort)
        known = {(row.participation_id, row.title): row.pk for row in efforts}

        def about(row: Row) -> Row:
            return {"result_id": results[row["result"]]}

        for index, row in enumerate(self.document["participants"]):
            path, person = f"$.participants[{index}]", self.people[row["organisation"]]
            answers, goals = row.get("result_answers", []), row.get("own_goals", [])
            answered = self._list(improvements.RESULT_ANSWER, answers, {"participation": person}, about)
            aims = self._list(improvements.OWN_GOAL, goals, {"participation": person})
            for name, rows, made in (("result_answers", answers, answered), ("own_goals", goals, aims)):
                for place, (judged, stored) in enumerate(zip(rows, made, strict=True)):
                    named = {**judged, "organisation": row["organisation"]}
                    self._choose_indicators(f"{path}.{name}[{place}]", stored, named)
                    self._choose(stored.efforts, {known[person.pk, title] for title in judged["efforts"]})
                    decided = self.decisions[row["organisation"]]
                    self._choose(stored.decisions, {decided[number - 1].pk for number in judged["decisions"]})

    def _analyses(self) -> None:
        for path, analysis, row in self._work(Analysis, indicators.ANALYSIS, "analyses"):
            self._choose_indicators(path, analysis, row)

    def _reports(self) -> None:
        mine = Report.objects.filter(participation__cohort=self.cohort).prefetch_related("texts", "editions")
        stored = {report.participation_id: report for report in mine}
        for index, row in enumerate(self.document["reports"]):
            person = self.people[row["organisation"]]
            there = stored.get(person.pk)
            report = self.writer.put(Report, there, {"participation": person}, read(reports.REPORT, row))
            texts = {text.key: text for text in report.texts.all()}
            wanted = {name: read(reports.TEXT, text) for name, text in row["sections"].items()}
            changed = any(differing(texts.get(name), text) for name, text in wanted.items())
            for name, text in wanted.items():
                self._text(
                    texts.get(name), {"report": report, "key": name}, text, row["sections"][name].get("quotes", [])
                )
            editions = row.get("editions", [])
            self._editions(f"$.reports[{index}].editions", {"report": report}, reports.EDITION, editions)
            if not report.is_draft and not editions and (changed or not _is_approved(report, row["approved_on"])):
                self.to_freeze.append((report, to_day(row["approved_on"])))

    def _text(self, there: ReportSection | None, key: Row, text: Row, quotes: list[Row]) -> None:
        # At once and not in bulk: the texts of a report stay in their order, whichever have quotes.
        section = self.writer.put(ReportSection, there, key, text)
        self._list(reports.QUOTE, quotes, {"section": section})

    def _joint_report(self) -> None:
        row = self.document.get("joint_report")
        if row is not None:
            stored = JointReport.objects.filter(cohort=self.cohort).first()
            joint = self.writer.put(JointReport, stored, {"cohort": self.cohort}, read(reports.JOINT, row))
            texts = {text.key: text for text in joint.texts.all()}
            for name, text in row.get("texts", {}).items():
                values = read(reports.CHAPTER_TEXT, text)
                stored_text = self.writer.put(ChapterText, texts.get(name), {"joint": joint, "key": name}, values)
                self._list(reports.TAKEN_IN, text.get("taken_in", []), {"text": stored_text}, self._whose)
            self._editions("$.joint_report.editions", {"joint": joint}, reports.JOINT_EDITION, row["editions"])

    def _editions(self, path: str, key: Row, shape: Shape, rows: list[Row]) -> None:
        """Put a report's editions; one that is stored keeps its content, whatever the package says."""
        stored = {edition.number: edition for edition in ReportEdition.objects.filter(**key)} if rows else {}
        for index, row in enumerate(rows):
            there = stored.get(row["number"])
            if there and there.checksum != row["checksum"]:
                raise Malformed(f"{path}[{index}].checksum", f"{there.checksum}, as frozen and stored", row["checksum"])
            values = read(shape, row)
            if there:  # what JSON stores may have another order
                values.pop("content")
            edition = self.writer.put(ReportEdition, there, key, values)
            if there is None:
                self.new_editions.append(edition)

    # What the evaluator has marked for the joint report, judgements, and answers to advice

    def _evaluation(self) -> None:
        key = {"cohort": self.cohort}
        self._list(evaluation.OBSERVATION, self.document.get("observations", []), key, self._seen_at)
        self._list(evaluation.INTERVIEW, self.document.get("interviews", []), key, self._interviewed)
        quotes = self.document.get("evaluator_quotes", [])
        self._list(evaluation.QUOTE, quotes, key, lambda row: {"may_be_used": True})
        self._list(evaluation.GOAL, self.document.get("programme_goals", []), key)
        self._list(evaluation.ANSWER, self.document.get("advice_answers", []), key)
        self.results = {row.key: row.pk for row in self.cohort.expected_results.all()}
        self.goals = {row.text: row.pk for row in self.cohort.programme_goals.all()}
        self._list(evaluation.JUDGEMENT, self.document.get("judgements", []), key, self._judged)

    def _seen_at(self, row: Row) -> Row:
        return {"may_be_used": True, "meeting_id": self._meeting_pk(row["meeting"]), **self._item(row)}

    def _interviewed(self, row: Row) -> Row:
        return {"listed": True, **self._whose(row)}

    def _judged(self, row: Row) -> Row:
        """Return the expected result or the goal: of the package, or already stored."""
        result, goal = row["result"], row["goal"]
        for name, named, among in (("result", result, self.results), ("goal", goal, self.goals)):
            if named is not None and named not in among:
                raise Malformed(f"$.judgements.{name}", f"a {name} of the omgång, or null", shown(named))
        return {
            "result_id": self.results[result] if result else None,
            "goal_id": self.goals[goal] if goal else None,
        }

    # Rows without keys

    def _single(self, shape: Shape, row: Row | None, key: Row) -> None:
        # A stored row is kept where the package has none.
        if row is not None:
            model: Any = shape.model
            self.writer.put_later(model, model.objects.filter(**key).first(), key, read(shape, row))

    def _list(
        self,
        shape: Shape,
        rows: list[Row],
        key: Row,
        refers: Callable[[Row], Row] = lambda row: {},
        exclude: Row | None = None,
    ) -> list[Any]:
        """Put each row onto the stored row that says the same; stored rows that the package lacks are kept."""
        model: Any = shape.model
        values = [read(shape, row) | refers(row) for row in rows]
        there = model.objects.filter(**key).exclude(**exclude or {"pk": None}).order_by("pk") if rows else []
        stored = same_rows(there, values, shape.known_by)
        if "position" in shape.by_place:
            for row, place in zip(values, self._places(model, stored, **key), strict=True):
                row["position"] = place
        return [self.writer.put(model, old, key, new) for old, new in zip(stored, values, strict=True)]


def _is_approved(report: Report, day: str | None) -> bool:
    """True if the report has an edition, which is approved if the package says so."""
    newest = max(report.editions.all(), key=lambda edition: edition.number, default=None)
    return newest is not None and (day is None or newest.approved_on is not None)
