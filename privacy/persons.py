"""Whom an account or an address means, and what stands in the name's place when the person is erased."""

from collections.abc import Iterator
from itertools import chain

from accounts.models import AddressChange, User
from admission.models import InterestAsk, InterestPerson, InterestWriter
from cohorts.enums import Function
from kit.canonical import canonical_address, folded
from kit.holding import Person
from mailings.models import Mail
from people.models import SeatOffer

NOBODYS_NAME = "en person"


def person_of(user: User) -> Person:
    changes = AddressChange.objects.filter(user=user).values_list("email", flat=True)
    mailed = Mail.objects.filter(recipient=user).exclude(address="").values_list("address", flat=True).distinct()
    addresses = tuple(dict.fromkeys((user.email, *changes, *mailed.order_by())))
    offered = SeatOffer.objects.filter(user=user).values_list("name", flat=True)
    names = _different(user.name, *offered, *_named_in_forms(addresses))
    return Person(user.pk, names, addresses, word_for(user), _is_alone(names, user.pk, addresses))


def person_at(email: str) -> Person | None:
    """Return whom the address means, with an account or without one; None if nothing is stored about it."""
    email = canonical_address(email)
    if user := User.objects.filter(email=email).first():
        return person_of(user)
    named = InterestPerson.objects.filter(email=email).order_by("-pk").first()
    writes = InterestWriter.objects.filter(email=email).exists() or InterestAsk.objects.filter(email=email).exists()
    if not (named or writes or Mail.objects.filter(address=email).exists()):
        return None
    names = _different(*_named_in_forms((email,)))
    word = f"en {Function(named.function).label.lower()}" if named else NOBODYS_NAME
    return Person(None, names, (email,), word, _is_alone(names, None, (email,)))


def word_for(user: User) -> str:
    """Return the function in words, of the seat that began last: "en politiker"."""
    if seat := user.seats.order_by("-starts_on", "-pk").first():
        return f"en {Function(seat.function).label.lower()}"
    if user.skr_since or user.skr_role:
        return "en medarbetare på SKR"
    return "en utvärderare" if user.evaluations.exists() else NOBODYS_NAME


def _named_in_forms(addresses: tuple[str, ...]) -> Iterator[str]:
    yield from InterestPerson.objects.filter(email__in=addresses).values_list("name", flat=True)


def _different(*names: str) -> tuple[str, ...]:
    return tuple({folded(name): name for name in names if name.strip()}.values())


def _is_alone(names: tuple[str, ...], key: int | None, addresses: tuple[str, ...]) -> bool:
    """True if the names mean nobody else here. A single word may mean anyone."""
    if any(len(name.split()) < 2 for name in names):
        return False
    wanted = {folded(name) for name in names}
    users = User.objects.known()
    others = (users if key is None else users.exclude(pk=key)).values_list("name", flat=True)
    in_forms = InterestPerson.objects.exclude(email__in=addresses).values_list("name", flat=True)
    return not any(folded(name) in wanted for name in chain(others, in_forms))
