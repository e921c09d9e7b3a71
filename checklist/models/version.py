from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch

from checklist.enums import Audience, Block, Level, LinkKind, Owner, WordingStatus
from kit.constraints import known_choice

LOCKED = "Checklistan används i en självskattning. Moment, nummer, steg och länkar ändras inte längre."


class ChecklistQuerySet(models.QuerySet):
    def with_history(self) -> ChecklistQuerySet:
        return self.prefetch_related(
            Prefetch("items__origins", ItemLink.objects.select_related("old__checklist")),
            Prefetch("items__heirs", ItemLink.objects.select_related("new__checklist")),
        )


class Checklist(models.Model):
    """One version of the programme's checklist. Versions are never mixed and stored scores never rescaled."""

    key = models.SlugField("nyckel", max_length=60, unique=True)
    name = models.CharField("namn", max_length=160)
    year = models.PositiveSmallIntegerField("år")
    level = models.CharField("nivå", max_length=30, choices=Level, blank=True)
    half_steps = models.BooleanField("tillåter halva steg", default=False)
    wording_status = models.CharField("formuleringarnas läge", max_length=20, choices=WordingStatus)
    note = models.TextField("anmärkning", blank=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = "checklista"
        verbose_name_plural = "checklistor"
        ordering = ("-year", "key")
        constraints = (
            known_choice("level", Level, blank=True),
            known_choice("wording_status", WordingStatus),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_working_wording(self) -> bool:
        return self.wording_status == WordingStatus.WORKING

    def is_used(self) -> bool:
        """True if an assessment uses it; its shape is then locked."""
        return self.assessments.exists()


class LockedByUse(models.Model):
    """Base of models that give a checklist its shape, which is locked once an assessment uses it.

    Of its texts, only working wording may then change, once: see `checklist.actions.wording`.
    """

    shape: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        stored = type(self)._default_manager.filter(pk=self.pk).values(*self.shape).first() if self.pk else None
        if stored != {name: getattr(self, name) for name in self.shape}:
            self._refuse_if_used()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_if_used()
        return super().delete(*args, **kwargs)

    def _checklists(self) -> tuple[Checklist, ...]:
        raise NotImplementedError

    def _refuse_if_used(self) -> None:
        if any(checklist.is_used() for checklist in self._checklists()):
            raise ValidationError(LOCKED, code="locked")


class Step(LockedByUse):
    """A step of the scale: its value and what it is called."""

    shape = ("checklist_id", "value")

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="steps", verbose_name="checklista")
    value = models.PositiveSmallIntegerField("värde")
    label = models.CharField("benämning", max_length=120)

    class Meta:
        verbose_name = "steg"
        verbose_name_plural = "steg"
        ordering = ("value",)
        constraints = (models.UniqueConstraint(fields=("checklist", "value"), name="step_once"),)

    def __str__(self) -> str:
        return f"{self.value} {self.label}"

    def _checklists(self) -> tuple[Checklist, ...]:
        return (self.checklist,)


class Item(LockedByUse):
    """Moment: one thing to rate. Rating pages show the full text; the short label is only for pictures."""

    shape = ("checklist_id", "key", "number", "block", "owner")

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="items", verbose_name="checklista")
    key = models.CharField("nyckel", max_length=60)
    number = models.PositiveSmallIntegerField("nummer")
    text = models.TextField("formulering")
    short = models.CharField("kort benämning", max_length=34)
    block = models.CharField("block", max_length=40, choices=Block, blank=True)
    owner = models.CharField("ägare", max_length=40, choices=Owner, blank=True)

    class Meta:
        verbose_name = "moment"
        verbose_name_plural = "moment"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("checklist", "key"), name="item_key_once"),
            models.UniqueConstraint(fields=("checklist", "number"), name="item_number_once"),
            known_choice("block", Block, blank=True),
            known_choice("owner", Owner, blank=True),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    def _checklists(self) -> tuple[Checklist, ...]:
        return (self.checklist,)


class ItemLink(LockedByUse):
    """The origin of an item in an older version; it guides readers and never carries numbers across."""

    shape = ("old_id", "new_id", "kind")

    old = models.ForeignKey(Item, models.CASCADE, related_name="heirs", verbose_name="från")
    new = models.ForeignKey(Item, models.CASCADE, related_name="origins", verbose_name="till")
    kind = models.CharField("slag", max_length=20, choices=LinkKind)

    class Meta:
        verbose_name = "länk mellan moment"
        verbose_name_plural = "länkar mellan moment"
        ordering = ("old__number", "new__number")
        constraints = (
            models.UniqueConstraint(fields=("old", "new"), name="link_once"),
            known_choice("kind", LinkKind),
        )

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def _checklists(self) -> tuple[Checklist, ...]:
        # A used version's past is locked; a new version may still name a used one as its origin.
        return (self.new.checklist,)


class Question(models.Model):
    """A question to ask where an item stands low, from SKR's bank in data/questions.json."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="questions", verbose_name="moment")
    audience = models.CharField("för", max_length=20, choices=[(who.value, who.value) for who in Audience])
    text = models.TextField("fråga")

    class Meta:
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        ordering = ("item__number", "audience", "pk")
        constraints = (models.UniqueConstraint(fields=("item", "audience"), name="question_once"),)

    def __str__(self) -> str:
        return self.text


def scale_values(steps: list[Step], *, half_steps: bool) -> list[Decimal]:
    whole = [Decimal(step.value) for step in steps]
    if not half_steps:
        return whole
    return sorted([*whole, *(value + Decimal("0.5") for value in whole[:-1])])
