"""Designs in versions, the seed apart from what is public, and a second person who draws."""

from datetime import UTC, datetime

import django.db.models.deletion
from django.db import migrations, models

NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # no row ever holds it: the first operation makes sure of that


def no_draw_yet(apps, schema):
    """An older draw kept no design, so it could not be repeated: its round is finished with the older version."""
    if apps.get_model("sample", "Draw").objects.exists():
        raise SystemExit(
            "This database holds a draw without its design; finish that round with the older version."
        )


class Migration(migrations.Migration):
    dependencies = [("sample", "0001_initial"), ("registry", "0001_initial")]

    operations = [
        migrations.RunPython(no_draw_yet, no_draw_yet),
        migrations.RemoveField(model_name="draw", name="seed"),
        migrations.CreateModel(
            name="Design",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("body", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("saved", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.round"
                    ),
                ),
            ],
            options={"ordering": ["version"]},
        ),
        migrations.CreateModel(
            name="Seed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.BinaryField()),
                (
                    "draw",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seed", to="sample.draw"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="draw",
            name="design",
            field=models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="draws",
                to="sample.design",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draw",
            name="committed",
            field=models.DateTimeField(default=NEVER),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="draw",
            name="committed_by",
            field=models.CharField(default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(model_name="draw", name="drawn", field=models.DateTimeField(null=True)),
        migrations.AddField(
            model_name="draw", name="drawn_by", field=models.CharField(blank=True, max_length=80)
        ),
        migrations.AddField(
            model_name="draw", name="selection_digest", field=models.CharField(blank=True, max_length=64)
        ),
        migrations.AddConstraint(
            model_name="design",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="design_version_once"),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("drawn", None), ("drawn_by", ""), ("selection_digest", ""))
                | models.Q(
                    ("drawn__isnull", False),
                    models.Q(("drawn_by", ""), _negated=True),
                    models.Q(("selection_digest", ""), _negated=True),
                ),
                name="draw_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(("drawn_by", models.F("committed_by")), _negated=True),
                name="draw_by_a_second_person",
            ),
        ),
    ]
