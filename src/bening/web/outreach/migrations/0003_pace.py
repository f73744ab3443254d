from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0002_chain"),
    ]

    operations = [
        migrations.AddField(
            model_name="sender",
            name="faults",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="sender",
            name="released_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sender",
            name="slow",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="sender",
            name="slowed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sender",
            name="tier",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.CreateModel(
            name="RecipientWindow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("portfolio", models.CharField(max_length=40)),
                ("recipient", models.BinaryField()),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["portfolio", "opened_at"], name="recipient_window_open")],
                "constraints": [
                    models.UniqueConstraint(fields=("portfolio", "recipient"), name="recipient_window_once")
                ],
            },
        ),
    ]
