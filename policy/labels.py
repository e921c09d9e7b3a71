"""Labels that several kinds of work carry: the national goals, CEMR's articles and free tags.

A model that has them inherits `Labelled`, its action saves `labels` among the other fields, and its form inherits
`LabelledForm` first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models

from kit.canonical import folded
from kit.fields import TextField
from kit.staleness import Content, SeenForm
from policy.models import Article, NationalGoal

MOST_TAGS, LONGEST_TAG = 10, 40
TAGS_HELP = "Egna ord, en tagg på varje rad, till exempel ”barnrätt” eller ”Agenda 2030, mål 5”."


@dataclass(frozen=True)
class Labels:
    """Goals and articles by their keys, and tags in the order in which they were written."""

    goals: tuple[int, ...] = ()
    articles: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()


NO_LABELS = Labels()


class Labelled(models.Model):
    """Work with labels. `labels` reads and sets all of them; what is set is stored when the row is saved."""

    goals = models.ManyToManyField(NationalGoal, related_name="+", blank=True, verbose_name="delmål")
    articles = models.ManyToManyField(Article, related_name="+", blank=True, verbose_name="artiklar i CEMR")
    tags = models.TextField("taggar", blank=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save the row, and the goals and articles that were set; among `update_fields`, `labels` stands for all."""
        if update_fields is not None:
            update_fields = ["tags" if name == "labels" else name for name in update_fields]
        super().save(*args, update_fields=update_fields, **kwargs)
        labels: Labels | None = vars(self).pop("_labels", None)
        if labels is not None:
            self.goals.set(labels.goals)
            self.articles.set(labels.articles)

    @property
    def labels(self) -> Labels:
        chosen: Labels | None = vars(self).get("_labels")
        if chosen is not None:
            return chosen
        if self.pk is None:
            return NO_LABELS
        return Labels(_keys(self.goals.all()), _keys(self.articles.all()), self.tag_list)

    @labels.setter
    def labels(self, labels: Labels) -> None:
        self._labels: Labels | None = labels
        self.tags = "\n".join(labels.tags)

    @property
    def tag_list(self) -> tuple[str, ...]:
        return split_tags(self.tags)


def split_tags(text: str) -> tuple[str, ...]:
    """Return the tags of the text, one on each line, each once."""
    once: dict[str, str] = {}
    for tag in (" ".join(line.split()) for line in text.split("\n")):
        if tag:
            once.setdefault(folded(tag), tag)
    return tuple(once.values())


class FoldedChoices(forms.CheckboxSelectMultiple):
    """Boxes to tick that are folded, since they are many."""

    template_name = "policy/folded_choices.html"


class KeysField(forms.TypedMultipleChoiceField):
    """Rows chosen by their keys, as a tuple in the order of the keys."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid_choice": "Välj bland alternativen i listan."}
        super().__init__(coerce=int, required=False, error_messages=messages, **kwargs)

    def clean(self, value: Any) -> tuple[int, ...]:
        return tuple(sorted(super().clean(value)))


class TagsField(TextField):
    """Tags, one on each line, as a tuple."""

    def __init__(self) -> None:
        super().__init__("Taggar", rows=2, longest=500, called="Taggarna", required=False, help_text=TAGS_HELP)

    def clean(self, value: Any) -> tuple[str, ...]:
        tags = split_tags(super().clean(value))
        if len(tags) > MOST_TAGS:
            raise forms.ValidationError("Skriv högst tio taggar.")
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise forms.ValidationError("En tagg får ha högst 40 tecken. Skriv en tagg på varje rad.")
        return tags


class LabelledForm(SeenForm):
    """The part of a form that asks for the labels; its content has them as one value, `labels`."""

    goals = KeysField(label="Jämställdhetspolitiska delmål", widget=forms.CheckboxSelectMultiple)
    articles = KeysField(label="Artiklar i CEMR-deklarationen", widget=FoldedChoices)
    tags = TagsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals, articles = self.fields["goals"], self.fields["articles"]
        goals.choices = [(row.pk, str(row)) for row in NationalGoal.objects.exclude(number=None)]  # type: ignore[attr-defined]
        articles.choices = [(row.pk, str(row)) for row in Article.objects.all()]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name not in LabelledForm.base_fields or name == "seen"])

    @classmethod
    def shown(cls, stored: Content) -> dict[str, Any]:
        shown = super().shown(stored)
        labels = shown.pop("labels", None)
        if labels is None:
            return shown
        return {**shown, "goals": labels.goals, "articles": labels.articles, "tags": "\n".join(labels.tags)}

    def clean(self) -> dict[str, Any]:
        cleaned = {**(super().clean() or self.cleaned_data)}
        labels = [cleaned.pop(name, ()) for name in ("goals", "articles", "tags")]
        return {**cleaned, "labels": Labels(*labels)}


def _keys(rows: Iterable[models.Model]) -> tuple[int, ...]:
    return tuple(sorted(row.pk for row in rows))
