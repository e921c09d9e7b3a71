from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("mailings", "0006_move_attachments"),
    ]

    operations = [migrations.RemoveField(model_name="mail", name="attachment")]
