"""Export of an omgång as a cohort package: the same rows always give the same document."""

import json
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from admission import carried as admission
from admission.models import Letter
from assessments import carried as assessments
from assessments.models import Assessment, Score
from cohorts import carried as cohorts
from cohorts.models import Cohort, Group, GroupMentor, Participation
from decisions import carried as decisions
from decisions.models import PoliticalDecision
from evaluation import carried as evaluation
from evaluation.models import EvaluatorQuote, GoalJudgement, Interview, Observation
from exchange.schema import FORMAT, VERSIONS, in_lowest_version
from improvements import carried as improvements
from improvements.enums import PlacingTime
from improvements.models import Effort, Improvement, OwnGoal, ResultAnswer, StepContent
from improvements.querysets import EVIDENCE
from improvements.states import state_after
from indicators import carried as indicators
from indicators.models import Analysis, Indicator
from indicators.series import Series, series_of_many
from kit.carrying import Shape, day_text, written
from meetings import carried as meetings
from meetings.models import Meeting, Period
from meetings.whom import theme_of
from mentoring import carried as mentoring
from policy.carried import labels_written
from reports import carried as reports
from reports.adopting import frozen_here
from reports.models import Chapter, ChapterText, JointReport, Report, ReportSection, Section


def render(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def export_document(cohort: Cohort) -> dict[str, Any]:
    participations = list(_participations(cohort))
    codes = {participation.organisation_id: participation.code for participation in participations}
    numbers = {row.pk: number for each in participations for number, row in enumerate(_decided(each), start=1)}
    document = {
        "format": FORMAT,
        "version": VERSIONS[-1],
        "provenance": cohort.provenance,
        "cohort": _cohort(cohort),
        "participants": [_participant(participation, numbers) for participation in participations],
        "groups": [_group(group, participations) for group in _in_order(Group, cohort=cohort)],
        "meetings": [_meeting(meeting) for meeting in _meetings(cohort)],
        "assessments": [_assessment(assessment) for assessment in _assessments(cohort)],
        "efforts": [_effort(effort, numbers) for effort in _efforts(cohort)],
        "improvements": [_improvement(work, codes) for work in _improvements(cohort)],
        "reports": [_report(report) for report in _reports(cohort)],
        "periods": [_period(period) for period in _periods(cohort)],
        "analyses": [_analysis(analysis) for analysis in _analyses(cohort)],
        "joint_report": _joint(_joint_reports(cohort).first()),
        "indicators": [_indicator(series, numbers) for series in _series(cohort)],
        **_evaluation(cohort),
    }
    return in_lowest_version(document)


def _in_order(model: Any, **of: Any) -> QuerySet[Any]:
    return model.objects.filter(**of).order_by("position", "pk")


def _participations(cohort: Cohort) -> QuerySet[Participation]:
    rows: QuerySet[Participation] = _in_order(Participation, cohort=cohort)
    related = ("organisation", "mentor_offer", "mentor_agreement", "title_decision")
    judged = (f"{rows}__{name}" for rows in ("result_answers", "own_goals") for name in EVIDENCE)
    lists = ("decisions__goals", "decisions__articles", "placements", "advice", "result_answers__result", *judged)
    return rows.select_related(*related).prefetch_related(*lists)


def _meetings(cohort: Cohort) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(cohort=cohort).order_by("starts_on", "pk")
    lists = ("agenda", "preparations", "host_tasks", "agreements", "impressions", "takeaways", "material")
    deeper = ("agreements__participation", "impressions__participation", "material__participation")
    ideas = ("takeaways__participation", "takeaways__source", "takeaways__improvement")
    return rows.select_related("group", "host", "hangs_on").prefetch_related(*lists, *deeper, *ideas)


def _joint_reports(cohort: Cohort) -> QuerySet[JointReport]:
    return JointReport.objects.filter(cohort=cohort).prefetch_related("editions", "texts__taken_in__participation")


def _periods(cohort: Cohort) -> QuerySet[Period]:
    periods: QuerySet[Period] = _in_order(Period, cohort=cohort)
    return periods.select_related("after", "before")


def _assessments(cohort: Cohort) -> QuerySet[Assessment]:
    scores = Score.objects.select_related("item").order_by("item__number")
    rows = Assessment.objects.by_plan_of(cohort).order_by("pk")
    return rows.select_related("participation", "meeting").prefetch_related(Prefetch("scores", scores))


def _work(model: Any, cohort: Cohort, *parts: str) -> QuerySet[Any]:
    rows = _in_order(model, participation__cohort=cohort)
    return rows.select_related("participation", "item").prefetch_related(*parts)


STEPS = [f"{name}__{about}" for name in ("steps", "past_steps") for about in ("goal", "indicator")]


def _efforts(cohort: Cohort) -> QuerySet[Effort]:
    rows: QuerySet[Effort] = _work(Effort, cohort, *STEPS, "goals", "articles")
    return rows.select_related("improvement")


def _improvements(cohort: Cohort) -> QuerySet[Improvement]:
    rows: QuerySet[Improvement] = _work(Improvement, cohort, "cycles__idea", "ideas", "indicators", "goals", "articles")
    return rows.select_related("analysis")


def _series(cohort: Cohort) -> list[Series]:
    """Return the indicators with what any reader sees of them: a package goes to other sites."""
    rows = _in_order(Indicator, participation__cohort=cohort)
    related = ("participation__organisation", "item", "key_figure")
    lists = ("values", "decisions", "goals", "articles")
    return series_of_many(list(rows.select_related(*related).prefetch_related(*lists)), editor=False)


def _analyses(cohort: Cohort) -> QuerySet[Analysis]:
    rows: QuerySet[Analysis] = _in_order(Analysis, participation__cohort=cohort)
    return rows.select_related("participation").prefetch_related("indicators")


def _reports(cohort: Cohort) -> QuerySet[Report]:
    rows = Report.objects.filter(participation__cohort=cohort).order_by("pk")
    return rows.select_related("participation__cohort__plan__checklist").prefetch_related("texts__quotes", "editions")


def _cohort(cohort: Cohort) -> dict[str, Any]:
    plan = cohort.plan
    part_checklist = plan.part_checklist.key if plan.part_checklist else None
    sections = _in_order(Section, cohort=cohort)
    chapters = _in_order(Chapter, cohort=cohort)
    results = cohort.expected_results.order_by("position", "pk")
    says_nothing = {"introduction": "", "closing": "", "contacts": "", "paragraphs": {}}
    letter = Letter.objects.filter(cohort=cohort).exclude(**says_nothing).first()
    return {
        **written(cohorts.COHORT, cohort, slug=cohort.slug),
        **written(assessments.PLAN, plan, checklist=plan.checklist.key, part_checklist=part_checklist),
        "sections": [written(reports.SECTION, section, key=section.key) for section in sections],
        "chapters": [written(reports.CHAPTER, chapter, key=chapter.key) for chapter in chapters],
        "expected_results": [written(cohorts.EXPECTED_RESULT, result, key=result.key) for result in results],
        "letter": _or_null(admission.LETTER, letter),
    }


def _participant(participation: Participation, numbers: dict[int, int]) -> dict[str, Any]:
    answers = sorted(participation.result_answers.all(), key=lambda row: (row.result.position, row.result_id))
    return {
        **written(cohorts.PARTICIPANT, participation, organisation=participation.code),
        "decisions": [
            written(decisions.DECISION, decision, **labels_written(decision)) for decision in _decided(participation)
        ],
        "mentor_offer": _or_null(mentoring.OFFER, getattr(participation, "mentor_offer", None)),
        "mentor_agreement": _or_null(mentoring.AGREEMENT, getattr(participation, "mentor_agreement", None)),
        "title": _or_null(assessments.TITLE, getattr(participation, "title_decision", None)),
        "placements": [
            written(improvements.PLACEMENT, placement)
            for placement in sorted(participation.placements.all(), key=lambda row: PlacingTime(row.occasion).order)
        ],
        "advice": [written(evaluation.ADVICE, row) for row in participation.advice.all()],
        "result_answers": [
            written(improvements.RESULT_ANSWER, row, result=row.result.key, **_shown_by(row, numbers))
            for row in answers
        ],
        "own_goals": [
            written(improvements.OWN_GOAL, row, **_shown_by(row, numbers)) for row in participation.own_goals.all()
        ],
    }


def _shown_by(row: ResultAnswer | OwnGoal, numbers: dict[int, int]) -> dict[str, Any]:
    return {
        "efforts": sorted(effort.title for effort in row.efforts.all()),
        "indicators": sorted(indicator.key for indicator in row.indicators.all()),
        "decisions": sorted(numbers[decision.pk] for decision in row.decisions.all()),
    }


def _decided(participation: Participation) -> list[PoliticalDecision]:
    """Return the decisions in the order by which the package numbers them."""
    return _sorted(participation.decisions.all(), "decided_on")


def _group(group: Group, participations: list[Participation]) -> dict[str, Any]:
    mentors = _in_order(GroupMentor, group=group).select_related("participation").prefetch_related("meetings")
    return written(
        cohorts.GROUP,
        group,
        key=group.key,
        members=[member.code for member in participations if member.group_id == group.pk],
        mentors=[
            written(cohorts.MENTOR, mentor, organisation=mentor.participation.code, theme=theme_of(mentor) or None)
            for mentor in mentors
        ],
    )


def _meeting(meeting: Meeting) -> dict[str, Any]:
    return written(
        meetings.MEETING,
        meeting,
        key=meeting.key,
        group=meeting.group.key if meeting.group else None,
        host=_code(meeting.host),
        hangs_on=_key(meeting.hangs_on),
        agenda=[written(meetings.AGENDA_ITEM, row) for row in _sorted(meeting.agenda.all(), "day", "position")],
        preparations=[written(meetings.PREPARATION, row) for row in _sorted(meeting.preparations.all(), "position")],
        host_tasks=[written(meetings.HOST_TASK, row) for row in _sorted(meeting.host_tasks.all(), "position")],
        agreements=_of_organisations(meetings.AGREEMENT, _sorted(meeting.agreements.all(), "position")),
        impressions=_of_organisations(meetings.IMPRESSION, _sorted(meeting.impressions.all())),
        takeaways=[
            written(
                meetings.TAKEAWAY,
                row,
                organisation=row.participation.code,
                source=row.source.code,
                improvement=row.improvement.title if hasattr(row, "improvement") else None,
            )
            for row in _sorted(meeting.takeaways.all())
        ],
        # Uploaded files are not carried, only links.
        links=_of_organisations(meetings.LINK, [row for row in _sorted(meeting.material.all()) if row.url]),
    )


def _period(period: Period) -> dict[str, Any]:
    return written(meetings.PERIOD, period, after=_key(period.after), before=_key(period.before))


def _assessment(assessment: Assessment) -> dict[str, Any]:
    scores = list(assessment.scores.all())
    return written(
        assessments.ASSESSMENT,
        assessment,
        organisation=assessment.participation.code,
        meeting=_key(assessment.meeting),
        scores={score.item.key: _decimal(score.value) for score in scores if score.value is not None},
        comments={
            score.item.key: written(assessments.COMMENT, score) for score in scores if score.comment or score.shared
        },
        glad_to_tell=[score.item.key for score in scores if score.glad_to_tell],
    )


def _effort(effort: Effort, numbers: dict[int, int]) -> dict[str, Any]:
    return written(
        improvements.EFFORT,
        effort,
        organisation=effort.participation.code,
        title=effort.title,
        item=effort.item.key if effort.item else None,
        improvement=effort.improvement.title if effort.improvement else None,
        steps=[_step(improvements.STEP, step, numbers) for step in _sorted(effort.steps.all(), "order")],
        past=[_step(improvements.PAST_STEP, step, numbers) for step in _sorted(effort.past_steps.all(), "replaced_on")],
        **labels_written(effort),
    )


def _step(shape: Shape, step: StepContent, numbers: dict[int, int]) -> dict[str, Any]:
    return written(
        shape,
        step,
        stage=step.stage,
        goal=step.goal.number if step.goal else None,
        indicator=step.indicator.key if step.indicator else None,
        decision=numbers[step.decision_id] if step.decision_id else None,
    )


def _improvement(work: Improvement, codes: dict[int, str]) -> dict[str, Any]:
    return written(
        improvements.IMPROVEMENT,
        work,
        organisation=work.participation.code,
        title=work.title,
        item=work.item.key if work.item else None,
        borrowed_from=codes.get(work.borrowed_from_id) if work.borrowed_from_id else None,
        indicators=sorted(indicator.key for indicator in work.indicators.all()),
        analysis=work.analysis.title if work.analysis else None,
        state=None if work.state == state_after([cycle.decision for cycle in work.cycles.all()]) else work.state,
        ideas=[written(improvements.CHANGE_IDEA, idea) for idea in work.ideas.all()],
        cycles=[
            written(improvements.CYCLE, cycle, idea=cycle.idea.text if cycle.idea else None)
            for cycle in work.cycles.all()
        ],
        **labels_written(work),
    )


def _indicator(series: Series, numbers: dict[int, int]) -> dict[str, Any]:
    indicator = series.indicator
    shown = {point.period for point in series.points if not point.hidden}
    values = sorted(indicator.values.all(), key=lambda value: value.period)
    return written(
        indicators.INDICATOR,
        indicator,
        organisation=indicator.participation.code,
        key=indicator.key,
        key_figure=indicator.key_figure.code if indicator.key_figure else None,
        item=indicator.item.key if indicator.item else None,
        # A value with anything hidden is left out whole, and kept where the package comes in.
        values=[written(indicators.VALUE, row, period=row.period) for row in values if row.period in shown],
        decisions=sorted(numbers[decision.pk] for decision in indicator.decisions.all()),
        **labels_written(indicator),
    )


def _analysis(analysis: Analysis) -> dict[str, Any]:
    return written(
        indicators.ANALYSIS,
        analysis,
        organisation=analysis.participation.code,
        title=analysis.title,
        indicators=sorted(indicator.key for indicator in analysis.indicators.all()),
    )


def _report(report: Report) -> dict[str, Any]:
    editions = frozen_here(report)
    newest = max(report.editions.all(), key=lambda edition: edition.number, default=None)
    return written(
        reports.REPORT,
        report,
        organisation=report.participation.code,
        approved_on=day_text(newest.approved_on if newest and not report.is_draft else None),
        sections={text.key: _text(text) for text in _sorted(report.texts.all())},
        editions=[written(reports.EDITION, edition) for edition in editions],
    )


def _text(text: ReportSection) -> dict[str, Any]:
    return written(reports.TEXT, text, quotes=[written(reports.QUOTE, quote) for quote in text.quotes.all()])


def _joint(joint: JointReport | None) -> dict[str, Any] | None:
    if joint is None:
        return None
    editions = [edition for edition in joint.editions.all() if edition.content]
    texts = _sorted(joint.texts.all(), "key")
    if joint.is_draft and not (texts or joint.compiled_from or editions):
        return None
    return written(
        reports.JOINT,
        joint,
        texts={text.key: _chapter_text(text) for text in texts},
        editions=[written(reports.JOINT_EDITION, edition) for edition in editions],
    )


def _chapter_text(text: ChapterText) -> dict[str, Any]:
    taken = [
        written(reports.TAKEN_IN, row, organisation=_code(row.participation)) for row in _sorted(text.taken_in.all())
    ]
    return written(reports.CHAPTER_TEXT, text, taken_in=taken)


def _evaluation(cohort: Cohort) -> dict[str, Any]:
    """Return what the evaluator has marked for the joint report, the judgements of goals, and SKR's answers."""
    seen = Observation.objects.filter(cohort=cohort, may_be_used=True).select_related("meeting", "item")
    interviews = Interview.objects.filter(cohort=cohort).listed().select_related("participation")
    quotes = EvaluatorQuote.objects.filter(cohort=cohort, may_be_used=True)
    judged = GoalJudgement.objects.filter(cohort=cohort).select_related("result", "goal")
    return {
        "observations": [
            written(evaluation.OBSERVATION, row, meeting=_key(row.meeting), item=row.item.key if row.item else None)
            for row in _sorted(seen, "seen_on")
        ],
        "interviews": [
            written(evaluation.INTERVIEW, row, organisation=_code(row.participation))
            for row in _sorted(interviews, "interviewed_on")
        ],
        "evaluator_quotes": [written(evaluation.QUOTE, row) for row in _sorted(quotes)],
        "programme_goals": [written(evaluation.GOAL, row) for row in cohort.programme_goals.all()],
        "judgements": [
            written(
                evaluation.JUDGEMENT,
                row,
                result=row.result.key if row.result else None,
                goal=row.goal.text if row.goal else None,
            )
            for row in _sorted(judged)
        ],
        "advice_answers": [written(evaluation.ANSWER, row) for row in _sorted(cohort.advice_answers.all())],
    }


def _sorted(rows: Any, *by: str) -> list[Any]:
    return sorted(rows, key=lambda row: (*(getattr(row, name) for name in by), row.pk))


def _of_organisations(shape: Shape, rows: list[Any]) -> list[dict[str, Any]]:
    # A row without an organisation is the group's or SKR's.
    return [written(shape, row, organisation=_code(row.participation)) for row in rows]


def _or_null(shape: Shape, row: Any) -> dict[str, Any] | None:
    return written(shape, row) if row else None


def _code(participation: Participation | None) -> str | None:
    return participation.code if participation else None


def _key(meeting: Meeting | None) -> str | None:
    return meeting.key if meeting else None


def _decimal(value: Decimal) -> str:
    return str(value).removesuffix(".0")
