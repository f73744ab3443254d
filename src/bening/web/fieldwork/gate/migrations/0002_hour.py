from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gate", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hour",
            fields=[
                ("id", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("kid", models.CharField(max_length=64)),
                ("slot", models.CharField(max_length=13)),
                ("count", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("count__gte", 10)), name="hour_of_ten_or_more")
                ],
            },
        ),
    ]
