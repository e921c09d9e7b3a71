from django.db import models

from checklist.enums import Audience
from checklist.models import Item
from cohorts.models import Participation
from improvements.models import Effort
from indicators.models import Indicator


class AskedQuestion(models.Model):
    """A question that was asked in an organisation, where and when, and the answer once there is one.

    The text is a copy, since it may have been asked in other words than those of the bank. Nobody is named.
    """

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="asked_questions", verbose_name="organisation"
    )
    # None where the question is the organisation's own and about no moment.
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="moment")
    # What else it is about, so that it is not offered again: the gap of an indicator or how far an effort has come,
    # and in `about` as it stood then (questions/ties.py).
    indicator = models.ForeignKey(
        Indicator, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="nyckeltal"
    )
    effort = models.ForeignKey(Effort, models.SET_NULL, related_name="+", null=True, blank=True, verbose_name="insats")
    about = models.CharField("som det stod då", max_length=60, blank=True)
    audience = models.CharField("ställd av", max_length=20, choices=[(who.value, who.value) for who in Audience])
    text = models.TextField("fråga")
    place = models.CharField("var", max_length=160)
    asked_on = models.DateField("dag")
    answer = models.TextField("svar", blank=True)

    class Meta:
        verbose_name = "ställd fråga"
        verbose_name_plural = "ställda frågor"
        ordering = ("-asked_on", "-pk")

    def __str__(self) -> str:
        return self.text
