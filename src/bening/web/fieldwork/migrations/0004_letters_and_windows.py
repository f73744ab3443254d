import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("fieldwork", "0003_feedback_plea"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="followed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="delivery",
            name="kind",
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name="delivery",
            name="window",
            field=models.CharField(default="any", max_length=12),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("locus", models.CharField(max_length=130)),
                (
                    "state",
                    models.CharField(
                        choices=[("printed", "printed"), ("posted", "posted"), ("void", "void")],
                        default="printed",
                        max_length=7,
                    ),
                ),
                ("doors", models.JSONField(default=list)),
                ("day", models.DateField()),
                ("by", models.CharField(max_length=80)),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="fieldwork.wave",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="delivery",
            name="batch",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="letters",
                to="fieldwork.batch",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(fields=("wave", "number"), name="batch_once"),
        ),
    ]
