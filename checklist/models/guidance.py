from django.conf import settings
from django.db import models
from django.db.models import Q

from checklist.enums import WordingPart
from checklist.models.version import Checklist, Item, Step
from kit.constraints import known_choice


class Guidance(models.Model):
    """Vägledning: what is enough for a step of an item, and what is not yet.

    A row without a step says what the item is about, in `enough`; its `not_yet` is empty.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="guidance", verbose_name="moment")
    step = models.ForeignKey(Step, models.CASCADE, related_name="guidance", null=True, blank=True, verbose_name="steg")
    enough = models.TextField("det här räcker")
    not_yet = models.TextField("det här räcker inte än", blank=True)
    official = models.BooleanField("SKR:s egen", default=False)

    class Meta:
        verbose_name = "vägledning"
        verbose_name_plural = "vägledning"
        ordering = ("item__number", "step__value")
        constraints = (
            models.UniqueConstraint(fields=("item", "step"), name="guidance_once_a_step"),
            models.UniqueConstraint(fields=("item",), condition=Q(step=None), name="guidance_once_a_moment"),
        )

    def __str__(self) -> str:
        return f"{self.item.short}: {self.step or 'om momentet'}"


class WordingChange(models.Model):
    """One change of a version's text, with both wordings, the reason, the person and the time.

    `official` means that the new text is SKR's own, which in a used version happens once for each text.
    """

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="changes", verbose_name="checklista")
    part = models.CharField("vad", max_length=20, choices=WordingPart)
    item = models.ForeignKey(Item, models.CASCADE, related_name="changes", null=True, blank=True, verbose_name="moment")
    step = models.ForeignKey(Step, models.CASCADE, related_name="changes", null=True, blank=True, verbose_name="steg")
    before = models.TextField("före", blank=True)
    after = models.TextField("efter")
    reason = models.CharField("skäl", max_length=500)
    official = models.BooleanField("SKR:s egen formulering", default=False)
    changed_at = models.DateTimeField("ändrad", auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="ändrad av"
    )

    class Meta:
        verbose_name = "ändrad formulering"
        verbose_name_plural = "ändrade formuleringar"
        ordering = ("-changed_at", "-pk")
        constraints = (known_choice("part", WordingPart),)

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.item or self.step}"

    @property
    def about(self) -> str:
        if self.part == WordingPart.ITEM:
            return "formuleringen"
        if self.part == WordingPart.STEP and self.step:
            return f"benämningen på steg {self.step.value}"
        return f"vägledningen till steg {self.step.value}" if self.step else "vad momentet handlar om"

    @property
    def is_confirmation(self) -> bool:
        """True if the words are the same and only their status changed."""
        return self.before == self.after
