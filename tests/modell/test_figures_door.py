"""Every place that shows something computed from several organisations' entries goes through one door (ADR 18).

The tables list them all. A module that takes a raw panel, computes a mean of its own, or reads values or efforts of
many organisations in a new place fails here until it stands in a table with its reason.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTSIDE = {"tests", "bench", "chaos", "data", "docs", "static", "templates", ".venv"}
DOOR = "assessments.figures"
pytestmark = pytest.mark.one_database

# The door itself: whoever takes one of these gets what a reader may see, and no more.
DECIDES = {
    "figures_at", "rights_of", "sight_of", "chain_of_cohort", "chain_panels", "figures_for", "joint_figures",
    "movement_in", "mentor_outcomes", "result_counts", "result_panels",
}  # fmt: skip
DOORS = ("improvements.cohort_movement", "improvements.expected", "improvements.statistics", "reports.figures")
PLACES = {
    "assessments/comparing/side_by_side.py": "the omgång's mean beside the group's values",
    "assessments/figures/reach.py": "who could work out more, for the pages that confirm a publishing",
    "assessments/actions/publishing.py": "keeps what a published joint report prints",
    "evaluation/participants.py": "what most participants say of each expected result, as the joint report prints it",
    "improvements/cohort_movement.py": "the movement along the chain, and the mentors' outcomes",
    "improvements/views/chain.py": "the page of the chain in the omgång",
    "improvements/expected.py": "how many have come how far with what the omgång expects",
    "improvements/statistics.py": "the result chain of the omgång",
    "improvements/views/expected.py": "the page of the expected results",
    "overview/heat.py": "every value, for SKR's process leaders and the evaluator, who read all of it",
    "overview/standing.py": "one's own values beside the mean, or beside the values that one reads",
    "overview/views/overview.py": "the result chain of the omgång on the overview",
    "reports/figures.py": "the figures as page, joint report and command show them",
    "reports/views/figures.py": "the page /siffror/",
    "reports/management/commands/figures.py": "the same page as JSON",
    "reports/content/joint.py": "the joint report as page, PDF and JSON",
    "reports/content/joint_tables.py": "its tables of the chain's movement and of the expected results",
    "reports/remembering.py": "keeps what a published joint report prints of the chain and of the judgements",
}

# Names that hold no panel and compute nothing over organisations.
HARMLESS = {
    "Among", "Answers", "ItemMovement", "ItemResult", "Movement", "Result", "Rights", "SeenKind", "Shown", "Totals",
    "ANYONE", "answered_meetings", "answers_of", "expected_at", "kinds_of", "own_movement", "participants_of",
    "renew_release", "renew_releases", "rule_in_words", "total", "values_of", "why_own", "who_can_work_out",
    "brought_within_reach", "meetings_to_open",
}  # fmt: skip
RAW = {
    ("assessments/carried.py", "PublishedAnswers"): "says that the package does not carry it",
    ("assessments/carried.py", "Release"): "says that the package does not carry it",
    ("assessments/personal.py", "PublishedAnswers"): "says that it holds nothing about a person",
    ("assessments/personal.py", "Release"): "says that it holds nothing about a person",
    ("planning/setup/resting.py", "Release"): "asks only whether there is one",
    ("assessments/management/commands/statistics.py", "default_meeting"): "SKR's own command",
    ("assessments/management/commands/statistics.py", "meeting_before"): "SKR's own command",
    ("assessments/management/commands/statistics.py", "organisation_document"): "SKR's own command",
    ("assessments/management/commands/statistics.py", "statistics_document"): "SKR's own command",
    ("assessments/actions/publishing.py", "PublishedAnswers"): "writes what is published",
    ("assessments/actions/publishing.py", "Release"): "writes what is printed",
    ("assessments/actions/publishing.py", "Sight"): "writes what is printed",
    ("assessments/actions/publishing.py", "as_stored"): "writes what is printed",
    ("assessments/actions/publishing.py", "disclosed_in"): "writes what is printed",
    ("grouping/participant_facts.py", "Panel"): "one organisation's own level",
    ("grouping/participant_facts.py", "result_of"): "one organisation's own level, for SKR's process leader",
    **{
        ("improvements/cohort_movement.py", name): "the chain's panels on its days, handed to the door"
        for name in (
            "Entry",
            "PastPanel",
            "PublishedAnswers",
            "Sight",
            "View",
            "entries_of",
            "past_panels",
            "published_at",
        )
    },
    **{
        ("improvements/expected.py", name): "the answers' panel, handed to the door"
        for name in ("PastPanel", "PublishedAnswers", "Sight", "entries_of", "past_panels", "published_at")
    },
    ("improvements/statistics.py", "PastPanel"): "the chain's panel, handed to the door",
    ("improvements/statistics.py", "PublishedAnswers"): "the chain's panel, handed to the door",
    ("improvements/statistics.py", "Release"): "the chain's panel, handed to the door",
    ("improvements/statistics.py", "Sight"): "what the door answers",
    ("improvements/statistics.py", "View"): "the chain's panel, handed to the door",
    ("improvements/statistics.py", "entries_of"): "the chain's panel, handed to the door",
    ("improvements/statistics.py", "past_panels"): "the chain's panel, handed to the door",
    ("improvements/statistics.py", "published_at"): "the chain's panel, handed to the door",
}

# Queries that read values or efforts without `visible_to`, or of several organisations: each with why it may.
READS = {
    "archive/papers/work.py": "`visible_to`, and the organisation's own",
    "assessments/querysets.py": "prefetches the scores of assessments that are visible already",
    "assessments/rating_page.py": "the own organisation's",
    "assessments/actions/agreeing.py": "the own organisation's",
    "assessments/actions/carrying.py": "the own organisation's",
    "assessments/actions/importing.py": "the own organisation's",
    "assessments/actions/rounds.py": "the own organisation's",
    "assessments/actions/scores.py": "the own organisation's",
    "assessments/comparing/glad.py": "items gladly told about: by consent, without a value",
    "assessments/comparing/learning.py": "items gladly told about: by consent, without a value",
    "assessments/figures/panels.py": "the panels behind the door",
    "demo/results.py": "writes the demonstration",
    "demo/work.py": "writes the demonstration",
    "exchange/exporting.py": "the package, SKR's own",
    "exchange/merging.py": "the package, SKR's own",
    "grouping/participant_facts.py": "each organisation's level, for SKR's process leader",
    "grouping/sharing.py": "whether an organisation has work to share, never what",
    "improvements/actions.py": "the own organisation's",
    "improvements/cohort_movement.py": "the chain's panels behind the door",
    "improvements/expected.py": "the answers' panel behind the door",
    "improvements/statistics.py": "the chain's panel behind the door",
    "improvements/judging.py": "the own organisation's",
    "improvements/judging_form.py": "the own organisation's, to choose among",
    "improvements/kickoff.py": "whether an organisation has a goal, never what it is",
    "improvements/shared_work.py": "`visible_to`",
    "improvements/story.py": "`visible_to`, the effort that one improvement became",
    "improvements/views/borrowing.py": "an offered example",
    "improvements/views/effort.py": "`visible_to`",
    "improvements/views/examples.py": "offered examples",
    "improvements/views/library.py": "offered examples",
    "reports/content/joint.py": "offered examples, and items gladly told about",
    "reports/joint_sources.py": "examples that may be published, to be taken in",
    "reports/sources/decided.py": "the own organisation's, to put into its report",
    "reports/sources/work.py": "`visible_to`, and the organisation's own",
    "reports/forms.py": "the own organisation's, to choose among",
}


def modules():
    for path in sorted(ROOT.glob("**/*.py")):
        place = path.relative_to(ROOT)
        if place.parts[0] not in OUTSIDE and "migrations" not in place.parts:
            yield str(place), path.read_text(encoding="utf-8")


def imported(source):
    """What a module takes from the figures or their stored panels, by name; a whole module of them as itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith(DOOR))
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {name.name for name in node.names}
            if node.module.startswith(DOOR):
                yield from names
            if node.module == "assessments":
                yield from names & {"figures"}
            if node.module.startswith("assessments.models"):
                yield from names & {"Release", "PublishedAnswers", "*"}
            if node.module in DOORS:
                yield from names & DECIDES


def goes_round(place, source):
    if place.startswith(("assessments/figures/", "assessments/models/")):
        return set()
    return {(place, name) for name in set(imported(source)) - HARMLESS - DECIDES}


def reads_many(source):
    words = (
        "Score.objects",
        "scores__value",
        "EffortStep.objects",
        "Effort.objects",
        "ResultAnswer.objects",
        "OwnGoal.objects",
        "Avg(",
        "Sum(",
    )
    return any(word in source for word in words)


def test_nothing_goes_round_the_door():
    assert {pair for place, source in modules() for pair in goes_round(place, source)} == set(RAW)


def test_every_place_that_shows_such_figures_is_listed():
    asks = {place for place, source in modules() if set(imported(source)) & DECIDES}
    assert asks - {"assessments/figures/sights.py"} == set(PLACES)


def test_every_query_over_many_organisations_is_listed():
    assert {place for place, source in modules() if reads_many(source)} == set(READS)


@pytest.mark.parametrize(
    "source",
    [
        "from assessments.figures.panels import live_panels",
        "from assessments.figures import panels",
        "import assessments.figures.statistics",
        "def later():\n    from assessments.figures.statistics import result_of",
        "from assessments.models import Release",
        "from assessments import figures",
    ],
)
def test_a_new_one_is_noticed(source):
    assert goes_round("overview/brief.py", source) - set(RAW)


@pytest.mark.parametrize("source", ["Score.objects.filter(item=item)", "assessments.aggregate(Avg('scores__value'))"])
def test_a_new_query_is_noticed(source):
    assert reads_many(source)


def test_every_reason_is_given():
    assert all([*PLACES.values(), *RAW.values(), *READS.values()])
