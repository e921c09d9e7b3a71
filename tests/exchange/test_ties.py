"""What rows of the package say of each other: indicators, analyses, decisions, ideas and what became of them."""

from copy import deepcopy

import pytest
from django.conf import settings

from cohorts.models import Cohort, Organisation
from cohorts.register import load_register
from exchange.exporting import export_document
from exchange.importing import import_document
from exchange.parsing import Malformed
from exchange.references import References
from exchange.schema import in_version
from improvements.models import Effort, EffortStep, Improvement, OwnGoal, ResultAnswer
from indicators.models import Indicator
from kit.rich import document_of
from policy.models import NationalGoal
from reports.models import ChapterText, TakenIn
from tests.packages import version_2, version_3

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def register():
    load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)


def import_(document):
    return import_document(deepcopy(document), References.read())


def the_work(document):
    return next(row for row in document["improvements"] if row["analysis"])


def the_effort(document):
    return next(row for row in document["efforts"] if row["improvement"])


def the_step(document):
    return the_effort(document)["steps"][0]


def test_they_are_tied_where_it_comes_in_and_written_again():
    document = version_3()
    cohort = import_(document).cohort
    work = Improvement.objects.get(analysis__title="Väntan till första besök")
    assert {row.key for row in work.indicators.all()} == {"sjukfranvaro", "vantetid"}
    assert work.cycles.get(number=1).idea == work.ideas.get(text="Fråga alla om smärta.")
    step = EffortStep.objects.get(decision__isnull=False)
    assert (step.effort.improvement, step.indicator.key, step.decision.participation.code) == (work, "vantetid", "99")
    assert list(Indicator.objects.get(key="vantetid").decisions.all()) == [step.decision]
    written = export_document(Cohort.objects.get(pk=cohort.pk))
    assert (the_work(written), the_effort(written)) == (the_work(document), the_effort(document))
    assert [row.state for row in step.effort.past_steps.order_by("pk")] == ["under_way", "partly"]
    assert not import_(document).changed


def its_judgements(document, name):
    return next(row for row in document["participants"] if row["organisation"] == "99")[name]


def test_what_shows_a_judgement_is_tied_and_written_again():
    document = version_3()
    cohort = import_(document).cohort
    answer, goal = ResultAnswer.objects.get(), OwnGoal.objects.get(judgement="reached")
    for judged in (answer, goal):
        assert judged.efforts.get().title == the_effort(document)["title"]
        assert judged.decisions.get().participation.code == "99"
    assert {row.key for row in answer.indicators.all()} == {"sjukfranvaro", "vantetid"}
    assert (goal.origin, goal.set_on.isoformat(), goal.position) == ("interest", "2025-10-10", 0)
    written = export_document(Cohort.objects.get(pk=cohort.pk))
    for name in ("result_answers", "own_goals"):
        assert its_judgements(written, name) == its_judgements(document, name)
    its_judgements(document, "own_goals")[0].update(judgement="partly", efforts=[], decisions=[])
    assert import_(document).changed
    goal.refresh_from_db()
    assert (goal.judgement, goal.efforts.count(), goal.decisions.count()) == ("partly", 0, 0)
    assert not import_(document).changed


def test_a_changed_tie_is_a_change_that_is_stored():
    document = version_3()
    import_(document)
    the_work(document)["cycles"][0]["idea"] = None
    the_work(document).update(indicators=[], analysis=None)
    the_step(document).update(indicator="sjukfranvaro", decision=None)
    document["indicators"][0]["decisions"] = []
    assert import_(document).changed
    work = Improvement.objects.get(effort__isnull=False)
    assert (work.analysis, work.indicators.count(), work.cycles.get(number=1).idea) == (None, 0, None)
    step = EffortStep.objects.get(indicator__key="sjukfranvaro")
    assert (step.decision, Indicator.objects.get(key="vantetid").decisions.count()) == (None, 0)


WRONG = {
    "an unknown indicator": (lambda d: the_work(d).update(indicators=["okand"]), r"indicators\[0\]: expected the key"),
    "an indicator twice": (lambda d: the_work(d).update(indicators=["vantetid"] * 2), "each indicator once"),
    "an unknown analysis": (lambda d: the_work(d).update(analysis="Okänd"), "analysis: expected the title of an analy"),
    "an idea that is not there": (lambda d: the_work(d)["cycles"][0].update(idea="Okänd"), "the text of one of the"),
    "a past step's unknown indicator": (
        lambda d: the_effort(d)["past"][1].update(indicator="okand"),
        r"past\[1\].indicator: expected the key",
    ),
    "a past step that cannot be": (lambda d: the_effort(d)["past"][0].update(part="En del"), r"past\[0\].part"),
    "a step's unknown indicator": (lambda d: the_step(d).update(indicator="okand"), "indicator: expected the key"),
    "a decision too many": (lambda d: the_step(d).update(decision=2), "the number of one of the organisation's"),
    "a decision before the first": (lambda d: the_step(d).update(decision=0), "a whole number 1–"),
    "an unknown result": (
        lambda d: its_judgements(d, "result_answers")[0].update(result="okant"),
        r"result_answers\[0\].result: expected the key of an expected result",
    ),
    "a result twice": (
        lambda d: its_judgements(d, "result_answers").append(its_judgements(d, "result_answers")[0]),
        "each result once",
    ),
    "a goal twice": (
        lambda d: its_judgements(d, "own_goals")[1].update(goal="Alla nämnder frågar om kön."),
        "each goal",
    ),
    "a goal's unknown effort": (
        lambda d: its_judgements(d, "own_goals")[0].update(efforts=["Okänd"]),
        r"own_goals\[0\].efforts\[0\]: expected the title of an effort of the organisation",
    ),
    "a goal's unknown indicator": (
        lambda d: its_judgements(d, "own_goals")[0].update(indicators=["okand"]),
        r"own_goals\[0\].indicators\[0\]: expected the key",
    ),
    "a goal's decision too many": (
        lambda d: its_judgements(d, "own_goals")[0].update(decisions=[2]),
        r"own_goals\[0\].decisions\[0\]: expected the number of one of the organisation's",
    ),
    "a goal's effort twice": (
        lambda d: its_judgements(d, "own_goals")[0].update(efforts=[the_effort(d)["title"]] * 2),
        "each of the efforts once",
    ),
    "an unknown improvement": (lambda d: the_effort(d).update(improvement="Okänt"), "the title of an improvement"),
    "an improvement's article": (lambda d: the_work(d).update(articles=["31"]), "the number or the heading"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_tied_to_nothing_is_refused(name):
    document = version_3()
    change, expected = WRONG[name]
    change(document)
    with pytest.raises(Malformed, match=expected):
        import_(document)
    assert not Cohort.objects.filter(slug=document["cohort"]["slug"]).exists()


def test_an_improvement_becomes_one_effort():
    document = version_3()
    other = next(row for row in document["efforts"] if row["organisation"] == "99" and not row["improvement"])
    other["improvement"] = the_effort(document)["improvement"]
    with pytest.raises(Malformed, match="each improvement of an organisation once"):
        import_(document)


def test_an_earlier_version_leaves_the_ties_as_they_are():
    import_(version_3())
    earlier = version_2()
    earlier["participants"] = version_3()["participants"]
    import_(in_version(earlier, 2))
    assert Effort.objects.get(improvement__isnull=False).steps.filter(decision__isnull=False).exists()
    assert Improvement.objects.get(effort__isnull=False).indicators.count() == 2


class TestEarlierFilesOfVersion3:
    """Keys are added to version 3 while it is the newest, and one has been replaced."""

    def test_one_without_the_keys_leaves_what_they_say_as_it_is(self):
        document = version_3()
        import_(document)
        lacks = {
            "improvements": ("indicators", "analysis", "goals", "articles", "tags"),
            "efforts": ("improvement",),
            "indicators": ("decisions", "goals", "articles", "tags"),
            "participants": ("result_answers", "own_goals"),
        }
        for part, keys in lacks.items():
            for row in document[part]:
                for key in keys:
                    del row[key]
        assert not import_(document).changed

    def test_its_goal_is_the_only_one_of_the_goals_and_leaves_the_tags(self):
        document = version_3()
        import_(document)
        for name in ("improvements", "indicators"):
            for row in document[name]:
                for key in ("goals", "articles", "tags"):
                    del row[key]
                row["goal"] = 2 if row["organisation"] == "99" else None
        import_(document)
        goal = NationalGoal.objects.get(number=2)
        row = Indicator.objects.get(key="vantetid")
        assert (row.goals.get(), row.articles.get().number, row.tag_list) == (goal, 14, ("väntetid",))
        work = Improvement.objects.get(effort__isnull=False)
        assert (work.goals.get(), work.tag_list) == (goal, ("smärtvård",))

    def test_a_goal_that_is_none_is_refused_and_no_other_version_has_it(self):
        document = version_3()
        del document["indicators"][0]["goals"]
        document["indicators"][0]["goal"] = 7
        with pytest.raises(Malformed, match=r"indicators\[0\].goals\[0\]: expected a whole number 1–6"):
            import_(document)
        earlier = version_2()
        earlier["improvements"][0]["goal"] = 5
        with pytest.raises(Malformed, match=r"improvements\[0\].goal: expected no such key"):
            import_(earlier)


class TestTheJointReport:
    def test_its_two_texts_from_before_become_chapters(self):
        document = version_3()
        del document["cohort"]["chapters"]
        joint = document["joint_report"]
        for key in ("texts", "row_order", "isbn", "responsible", "information", "audience"):
            del joint[key]
        structure = document_of("Nio *kommuner*.").as_json()
        joint |= {"introduction": "Nio kommuner.", "introduction_structure": structure, "conclusions": "Slut."}
        import_(document)
        texts = {text.key: text for text in ChapterText.objects.all()}
        assert {key: text.text for key, text in texts.items()} == {
            "introduction": "Nio kommuner.",
            "reflections": "Slut.",
        }
        assert texts["introduction"].document == document_of("Nio *kommuner*.")

    def test_a_text_that_is_none_makes_no_chapter(self):
        document = version_3()
        del document["joint_report"]["texts"]
        document["joint_report"] |= {"introduction": None, "conclusions": None}
        import_(document)
        assert not ChapterText.objects.exists()

    @pytest.mark.parametrize(
        ("key", "expected"),
        [
            ("annex", "expected a chapter of the omgång"),
            ("results--moment-1/a", "expected the key of a chapter"),
            (f"results--{'a' * 100}", "expected the key of a chapter"),
        ],
    )
    def test_a_text_of_no_chapter_is_refused(self, key, expected):
        document = version_3()
        texts = document["joint_report"]["texts"]
        texts[key] = texts["introduction"]
        with pytest.raises(Malformed, match=expected):
            import_(document)

    def test_what_is_taken_in_is_an_organisations_or_the_evaluators(self):
        import_(version_3())
        rows = [(row.kind, row.participation and row.participation.code) for row in TakenIn.objects.all()]
        assert rows == [("quote", "99"), ("evaluator", None)]

    @pytest.mark.parametrize(
        ("place", "organisation", "expected"),
        [
            (0, None, "expected null where the source is the evaluator's, else an organisation, found null"),
            (1, "99", "expected null where the source is the evaluator's"),
            (0, "9898", "expected one of the participants"),
        ],
    )
    def test_what_is_taken_in_from_nobody_is_refused(self, place, organisation, expected):
        document = version_3()
        document["joint_report"]["texts"]["introduction"]["taken_in"][place]["organisation"] = organisation
        with pytest.raises(Malformed, match=expected):
            import_(document)

    def test_what_is_taken_in_comes_in_once(self):
        for _ in range(2):
            import_(version_3())
        assert TakenIn.objects.count() == 2
