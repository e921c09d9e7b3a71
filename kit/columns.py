"""Columns that keep their values in the one form of `kit.canonical`, however they are stored or looked up."""

from typing import Any

from django.db import models

from kit.canonical import canonical_address


class AddressColumn(models.EmailField):
    """An e-mail address. What is looked up is made canonical as well, so `filter(email=typed)` finds the row."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return canonical_address(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        # To the database it is Django's own column, so changing to it needs no migration.
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
