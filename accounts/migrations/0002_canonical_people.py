from django.db import migrations

from accounts.naming import without_party
from kit.canonical import canonical_address


def in_one_form(apps, schema_editor):
    """Store names and addresses in the form in which they are looked up; an address that another has stays."""
    people = apps.get_model("accounts", "User").objects
    for user in people.order_by("pk"):
        name, address = without_party(user.name)[0] or user.name, canonical_address(user.email)
        if people.filter(email=address).exclude(pk=user.pk).exists():
            address = user.email
        if (name, address) != (user.name, user.email):
            people.filter(pk=user.pk).update(name=name, email=address)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(in_one_form, migrations.RunPython.noop)]
