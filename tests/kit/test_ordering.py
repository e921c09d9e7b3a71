"""Swedish order, the same in Python and in the database, and no list of names in another one."""

import ast
import random

import pytest
from django.apps import apps

from accounts.models import User
from cohorts.models import Organisation
from kit.ordering import by_name, swedish
from tests.factories import DelegateFactory, ParticipationFactory, UserFactory
from tests.kit.test_editing import code_outside_the_kit

# Each stands where a Swedish list has it.
IN_ORDER = [
    "af Sort Carl",
    "Alm Bo",
    "Alm-Ek Bo",
    "D’Arcy Ann",
    "de la Gardie Ebba",
    "Ek Anna",
    "Ék Anna",
    "Ek Bo",
    "Łukasz Jan",
    "Muller Eva",
    "Müller Adam",
    "Myr Eva",
    "O'Hara Liv",
    "von Alm Cia",
    "Wall Axel",
    "Zelda Sort",
    "Åsa Sort",
    "Æbel Sort",
    "Ängla Sort",
    "Ørsted Sort",
    "Östen Sort",
]


def shuffled(names):
    mixed = list(names)
    random.Random(16).shuffle(mixed)
    return mixed


def test_python_sorts_as_swedes_do():
    assert sorted(shuffled(IN_ORDER), key=swedish) == IN_ORDER


def test_a_letter_in_two_signs_is_the_same_letter():
    assert sorted(["Östen", "A\u030asa", "Zelda"], key=swedish) == ["Zelda", "A\u030asa", "Östen"]


@pytest.mark.django_db
def test_the_database_sorts_as_python_does():
    for name in shuffled(IN_ORDER):
        UserFactory(name=name)
    assert list(User.objects.order_by(by_name("name")).values_list("name", flat=True)) == IN_ORDER
    register = list(Organisation.objects.order_by(by_name("name")).values_list("name", flat=True))
    assert len(register) > 300
    assert register == sorted(register, key=swedish)


@pytest.mark.django_db
def test_an_organisations_people_and_the_register_stand_in_swedish_order(client):
    participation = ParticipationFactory()
    for name in shuffled(IN_ORDER):
        DelegateFactory(participation=participation, user__name=name)
    assert [row.user.name for row in participation.delegates.select_related("user")] == IN_ORDER
    names = list(Organisation.objects.values_list("name", flat=True))
    assert names == sorted(names, key=swedish)


# The code

NAMES = ("name", "short_name", "county_name", "title")


def is_name(text):
    return text.lstrip("-").rpartition("__")[2] in NAMES


def ordered_in_queries(tree):
    """The plain strings that a queryset or a model is ordered by, where they are names."""
    for node in ast.walk(tree):
        given = ()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "order_by":
            given = node.args
        elif isinstance(node, ast.Assign) and [getattr(at, "id", "") for at in node.targets] == ["ordering"]:
            given = getattr(node.value, "elts", ())
        yield from (arg.value for arg in given if isinstance(arg, ast.Constant) and is_name(str(arg.value)))


def ordered_in_python(tree):
    """What `sorted` and `sort` take as their key, where it is a name as it stands."""
    for node in ast.walk(tree):
        is_sorting = isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in (
            "sorted",
            "sort",
        )
        for key in [keyword.value for keyword in node.keywords if keyword.arg == "key"] if is_sorting else ():
            parts = key.body.elts if isinstance(getattr(key, "body", None), ast.Tuple) else [getattr(key, "body", key)]
            yield from (ast.unparse(part) for part in parts if isinstance(part, ast.Attribute) and is_name(part.attr))
        if is_sorting and not node.keywords:
            yield from (ast.unparse(arg) for arg in node.args if is_name(ast.unparse(getattr(arg, "elt", arg))[-4:]))


def misplaced(text):
    tree = ast.parse(text)
    return [*ordered_in_queries(tree), *ordered_in_python(tree)]


def test_no_names_are_sorted_in_another_way():
    assert {place: names for place, text in code_outside_the_kit() if (names := misplaced(text))} == {}


def test_no_model_sorts_names_in_another_way():
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] not in ("allauth", "django")]
    assert [model for model in ours if any(isinstance(by, str) and is_name(by) for by in model._meta.ordering)] == []


@pytest.mark.parametrize(
    "line",
    [
        'rows.order_by("organisation__name")',
        'rows.order_by("deputy", "-user__name")',
        'class Meta:\n    ordering = ("function", "user__name")',
        "sorted(people, key=lambda row: row.user.name)",
        "sorted(people, key=lambda row: (row.deputy, row.user.name))",
        "spots.sort(key=lambda spot: (-spot.sign, spot.name))",
        "sorted(row.name for row in rows)",
    ],
)
def test_another_way_is_seen(line):
    assert misplaced(line)


@pytest.mark.parametrize(
    "line",
    ['rows.order_by(by_name("name"), "pk")', "sorted(people, key=lambda row: swedish(row.name))", "sorted(codes)"],
)
def test_the_one_way_is_let_through(line):
    assert misplaced(line) == []
