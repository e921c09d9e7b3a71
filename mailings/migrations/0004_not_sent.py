from django.db import migrations, models

STATES = {
    "held": "Väntar på sammandraget",
    "queued": "Ska skickas",
    "sending": "Skickas",
    "sent": "Skickat",
    "digested": "Ingår i ett sammandrag",
    "uncertain": "Osäkert om det kom fram",
    "failed": "Kunde inte skickas",
    "not_sent": "Skickas inte: provomgång",
}


class Migration(migrations.Migration):
    dependencies = (("mailings", "0003_expires_at"),)
    operations = (
        migrations.RemoveConstraint(model_name="mail", name="mailings_mail_state_known"),
        migrations.AlterField(
            model_name="mail",
            name="state",
            field=models.CharField(choices=list(STATES.items()), default="queued", max_length=20, verbose_name="läge"),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=list(STATES)),
                name="mailings_mail_state_known",
                violation_error_message="Värdet finns inte bland alternativen.",
            ),
        ),
    )
