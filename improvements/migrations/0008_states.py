from django.db import migrations

# The decision of the last cycle, and the state that follows from it; a copy, since a migration is never changed.
ENDS = {"adopt": "adopted", "abandon": "ended"}


def give_states(apps, schema_editor):
    """Give each improvement the state that follows from its cycles; one without any stays an idea."""
    improvements = apps.get_model("improvements", "Improvement")
    last = {}
    cycles = apps.get_model("improvements", "Cycle").objects.order_by("improvement", "number")
    for improvement, decision in cycles.values_list("improvement", "decision"):
        last[improvement] = ENDS.get(decision, "tried")
    for state in ("tried", "adopted", "ended"):
        chosen = [pk for pk, then in last.items() if then == state]
        improvements.objects.filter(pk__in=chosen).update(state=state)


class Migration(migrations.Migration):
    dependencies = [("improvements", "0007_work_at_home")]

    operations = [migrations.RunPython(give_states, migrations.RunPython.noop)]
