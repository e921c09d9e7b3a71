"""The form of the page that gives each theme its mentors."""

from typing import Any

from django import forms

from grouping.actions.by_theme import stored_shares
from kit.staleness import SeenForm
from kit.templatetags.swedish import enumerated
from mentoring.themes import GroupShares, Share, ThemeShares


class MentorsField(forms.MultipleChoiceField):
    """The mentors of a theme. None may be chosen, and the page then says that the theme has none."""

    sometimes = True

    def __init__(self, theme: str, mentors: list[tuple[str, str]]) -> None:
        super().__init__(
            label=theme,
            choices=mentors,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": "Välj bland omgångens mentorer."},
        )


class ThemeSharesForm(SeenForm):
    """A field for each theme, and one for each group that has mentors of its own."""

    def __init__(self, data: Any = None, *, board: ThemeShares) -> None:
        self.board = board
        super().__init__(data, stored=stored_shares(board))
        mentors = [(str(mentor.pk), mentor.organisation.short_name) for mentor in board.mentors]
        for at, theme in enumerate(board.themes):
            self.fields[f"theme_{at}"] = MentorsField(theme, mentors)
        for group in board.exceptions:
            label = f"Ge {group.group} samma mentorer som de andra"
            self.fields[f"also_{group.group.pk}"] = forms.BooleanField(label=label, required=False)

    def theme_fields(self) -> list[forms.BoundField]:
        return [self[f"theme_{at}"] for at in range(len(self.board.themes))]

    def exceptions(self) -> list[tuple[GroupShares, forms.BoundField]]:
        return [(group, self[f"also_{group.group.pk}"]) for group in self.board.exceptions]

    @property
    def shares(self) -> frozenset[Share]:
        chosen = enumerate(self.board.themes)
        return frozenset((theme, int(pk)) for at, theme in chosen for pk in self.cleaned_data[f"theme_{at}"])

    @property
    def also(self) -> list[int]:
        return [g.group.pk for g in self.board.exceptions if self.cleaned_data[f"also_{g.group.pk}"]]

    def _words(self, name: str, value: Any) -> str:
        names = {str(mentor.pk): mentor.organisation.short_name for mentor in self.board.mentors}
        return enumerated(names[pk] for pk in value if pk in names) or "Ingen"
