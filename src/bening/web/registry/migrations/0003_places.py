import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_audit_append_only")]

    operations = [
        migrations.CreateModel(
            name="ContactPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("post", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("since", models.DateField(blank=True, null=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_persons",
                        to="registry.institution",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_persons",
                        to="registry.unit",
                    ),
                ),
            ],
            options={
                "ordering": [
                    "institution__code",
                    models.OrderBy(models.F("unit__code"), nulls_first=True),
                    "name",
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("institution", "unit", "name"),
                        name="contact_person_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("phone", ""), _negated=True),
                        name="contact_person_can_be_reached",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wanted", models.BooleanField()),
                ("reason", models.CharField(max_length=300)),
                ("proposed", models.DateTimeField()),
                ("proposer", models.CharField(max_length=80)),
                ("listed", models.BooleanField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("decided", models.DateTimeField(blank=True, null=True)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="registry.round",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="registry.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["unit__code"],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "unit"), name="proposal_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided__isnull", True), ("listed__isnull", True)),
                            models.Q(("decided__isnull", False), ("listed__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_decided_with_its_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("is_online", models.BooleanField(default=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="registry.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("unit", "name"), name="service_once")],
            },
        ),
    ]
