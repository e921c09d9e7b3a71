"""The proof: the demonstration packages give exactly the programme's published tables, wherever they are shown."""

import json
import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from assessments.figures.panels import live_panels
from assessments.figures.statistics import result_of
from cohorts.models import Cohort, Organisation
from cohorts.register import load_register
from cohorts.roles import roles_of
from kit.figures import dotted, printed
from reports.figures import figures_for
from tests.factories import DelegateFactory, ParticipationFactory, UserFactory
from tests.world import undone

TABLES = json.loads((settings.DATA_DIR / "published-tables.json").read_text(encoding="utf-8"))["tables"]
# The final report prints the column of 2020 in the order of 2019.
PRINTED_IN_THE_ORDER_OF = {"regioner-2020-slutrapport": "regioner-2019-slutrapport"}


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    files = [settings.DATA_DIR / "demo" / name for name in ("kommuner.json", "regioner.json")]
    with django_db_blocker.unblock(), undone():
        load_register(Organisation, settings.DATA_DIR / "organisations-demo.csv", invented=True)
        call_command("import_cohort", *files, stdout=StringIO())
        yield


@pytest.fixture
def packages(imported, db):
    """The two packages, imported once; a test undoes what it does to them."""


def each_table():
    return pytest.mark.parametrize("table", TABLES, ids=[table["key"] for table in TABLES])


def published(table):
    return {row["item"]: row["printed"] for row in table["items"]}


def order(table):
    return [row["item"] for row in table["items"]]


@each_table()
@pytest.mark.usefixtures("packages")
class TestPublishedTables:
    def result(self, table):
        cohort = Cohort.objects.get(slug=table["cohort"])
        meeting = cohort.meetings.get(key=table["meeting"])
        return result_of(next(iter(live_panels(meeting, cohort.plan).values())))

    def test_means_as_printed(self, table):
        result = self.result(table)
        assert {row.item.key: printed(row.mean, 1) for row in result.items} == published(table)

    def test_in_the_printed_order(self, table):
        """Strongest first. Equal means are printed in no order of their own; here they stand by number."""
        if table["key"] in PRINTED_IN_THE_ORDER_OF:
            first = next(t for t in TABLES if t["key"] == PRINTED_IN_THE_ORDER_OF[table["key"]])
            assert order(table) == order(first)
            return
        by_strength = self.result(table).by_strength
        assert [printed(row.mean, 1) for row in by_strength] == [row["printed"] for row in table["items"]]
        number = {row.item.key: row.item.number for row in by_strength}
        mean = {row["item"]: float(row["mean"]) for row in table["items"]}
        assert [row.item.key for row in by_strength] == sorted(order(table), key=lambda key: (-mean[key], number[key]))

    def test_overall_mean_and_range(self, table):
        result = self.result(table)
        if table["overall_mean"] is not None:
            assert dotted(result.overall_mean, 2) == table["overall_mean"]
        totals = result.totals
        assert [printed(value, 1) for value in (totals.minimum, totals.maximum, totals.max_possible)] == [
            table[name].replace(".", ",") for name in ("total_min", "total_max", "total_possible")
        ]

    def test_the_statistics_command(self, table):
        written = StringIO()
        call_command("statistics", table["cohort"], "--meeting", table["meeting"], stdout=written)
        document = json.loads(written.getvalue())
        assert {row["key"]: row["mean"] for row in document["items"]} == {
            row["item"]: row["mean"] for row in table["items"]
        }
        assert table["overall_mean"] in (None, document["overall_mean"])
        totals = [document["totals"][name] for name in ("min", "max", "max_possible")]
        assert totals == [f"{float(table[name]):.1f}" for name in ("total_min", "total_max", "total_possible")]

    @pytest.mark.parametrize("who", ["process_leader", "mentor"])
    def test_the_figures_page(self, table, who, client):
        cohort = Cohort.objects.get(slug=table["cohort"])
        client.force_login(reader(who, cohort))
        response = client.get(reverse("reports:figures", args=[cohort.slug]), {"traff": table["meeting"]})
        rows = table_rows(response.content.decode())
        shorts = {item.key: f"{item.number}. {item.short}" for item in cohort.plan.items}
        assert [(shorts[row.item.key], printed(row.mean, 1)) for row in self.result(table).by_strength] == rows
        assert dict(rows) == {shorts[key]: mean for key, mean in published(table).items()}
        text = re.sub(r"\s+", " ", response.content.decode())
        low, high = (table[name].replace(".", ",") for name in ("total_min", "total_max"))
        assert f"mellan {low} och {high} för" in text
        if table["overall_mean"]:
            assert f"Medelvärdet av alla moment är {table['overall_mean'].replace('.', ',')}." in text


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(("slug", "shown"), [("demo-kommuner", "figures"), ("demo-regioner", "own")])
def test_a_strategist_sees_the_tables_where_three_unread_are_behind_them(slug, shown):
    """Of the five regioner three are one group, which would work out the two others: it sees its own."""
    cohort = Cohort.objects.select_related("plan__checklist").get(slug=slug)
    participation = cohort.participations.participants().filter(assessments__meeting__key="learning-3").first()
    user = DelegateFactory(participation=participation, starts_on=cohort.starts_on).user
    (figures,) = figures_for(roles_of(user), cohort, cohort.meetings.get(key="learning-3"), None)
    assert figures.shown == shown
    assert [named.participation.group for named in figures.named] == [participation.group] * len(figures.named)


def reader(who, cohort):
    """SKR, or someone in the omgång who reads no organisation's values."""
    if who == "process_leader":
        return UserFactory(skr_role="process_leader")
    mentor = ParticipationFactory(cohort=cohort, role="mentor")
    return DelegateFactory(participation=mentor, starts_on=cohort.starts_on).user


def table_rows(page):
    """(moment, mean) of the page's first table, as they stand there."""
    body = page.split("<tbody")[1].split("</tbody>")[0]
    pattern = r'<th [^>]*>(.*?)</th>\s*<td [^>]*class="number"[^>]*>(.*?)</td>'
    return [(head, mean) for head, mean in re.findall(pattern, body, re.S)]
