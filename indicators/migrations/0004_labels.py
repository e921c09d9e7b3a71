from django.db import migrations, models


def into_goals(apps, schema_editor):
    row = apps.get_model("indicators", "Indicator")
    tie = row.goals.through
    chosen = row.objects.exclude(goal=None).values_list("pk", "goal")
    tie.objects.bulk_create(tie(indicator_id=pk, nationalgoal_id=goal) for pk, goal in chosen)


def first_goal_back(apps, schema_editor):
    row = apps.get_model("indicators", "Indicator")
    ties = row.goals.through.objects.order_by("nationalgoal__number")
    first = {}
    for pk, goal in ties.values_list("indicator", "nationalgoal"):
        first.setdefault(pk, goal)
    for pk, goal in first.items():
        row.objects.filter(pk=pk).update(goal=goal)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_says"), ("policy", "0002_goals")]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="goals",
            field=models.ManyToManyField(blank=True, related_name="+", to="policy.nationalgoal", verbose_name="delmål"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="articles",
            field=models.ManyToManyField(
                blank=True, related_name="+", to="policy.article", verbose_name="artiklar i CEMR"
            ),
        ),
        migrations.AddField(
            model_name="indicator", name="tags", field=models.TextField(blank=True, verbose_name="taggar")
        ),
        # Backwards the column is back before the goals go into it.
        migrations.RunPython(into_goals, first_goal_back),
        migrations.RemoveField(model_name="indicator", name="goal"),
    ]
