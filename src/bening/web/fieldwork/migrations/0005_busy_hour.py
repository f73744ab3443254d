import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0004_letters_and_windows"),
        ("registry", "0004_invitations"),
    ]

    operations = [
        migrations.CreateModel(
            name="BusyHour",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=120)),
                ("slot", models.CharField(max_length=13)),
                ("count", models.PositiveIntegerField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "label", "slot"), name="busy_hour_once"),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 10)), name="busy_hour_of_ten_or_more"
                    ),
                ],
            },
        ),
    ]
