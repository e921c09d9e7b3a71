"""Move the letter's contacts to the omgång: the administrators, whom it listed, and its lines about staff with a task."""

from django.db import migrations

TASKS = {"administrativt stöd": "support", "kommunikationsstrateg": "communication"}
LABELS = {"support": "Administrativt stöd", "communication": "Kommunikationsstrateg"}


def to_the_omgang(apps, schema_editor):
    user, contact = apps.get_model("accounts", "User"), apps.get_model("cohorts", "CohortContact")
    staff = {person.email: person for person in user.objects.exclude(skr_role="").filter(is_active=True)}
    administrators = [person for person in staff.values() if person.skr_role == "administrator"]
    for cohort in apps.get_model("cohorts", "Cohort").objects.all():
        for person in administrators:
            if person.pk != cohort.contact_id:
                contact.objects.get_or_create(cohort=cohort, user=person, task="support")
    for letter in apps.get_model("admission", "Letter").objects.exclude(contacts=""):
        stays = []
        for line in letter.contacts.splitlines():
            _, task, address = [*(part.strip() for part in line.split(",", 2)), "", ""][:3]
            person, named = staff.get(address.lower()), TASKS.get(task.lower())
            if person and named:
                contact.objects.get_or_create(cohort=letter.cohort, user=person, task=named)
            else:
                stays.append(line)
        if stays != letter.contacts.splitlines():
            letter.contacts = "\n".join(stays)
            letter.save(update_fields=["contacts"])


def to_the_letter(apps, schema_editor):
    """Write a line for each, but for the administrators, whom the letter lists by itself."""
    letter = apps.get_model("admission", "Letter")
    contact = apps.get_model("cohorts", "CohortContact")
    for row in contact.objects.select_related("user").order_by("pk"):
        if not (row.task == "support" and row.user.skr_role == "administrator"):
            kept, _ = letter.objects.get_or_create(cohort=row.cohort)
            line = f"{row.user.name}, {LABELS[row.task]}, {row.user.email}"
            kept.contacts = "\n".join(filter(None, (kept.contacts, line)))
            kept.save(update_fields=["contacts"])
    contact.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = (
        ("admission", "0003_more_contacts"),
        ("accounts", "0003_address_change"),
        ("cohorts", "0005_contacts"),
    )
    operations = (migrations.RunPython(to_the_omgang, to_the_letter),)
