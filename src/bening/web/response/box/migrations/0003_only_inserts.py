from django.db import migrations


class Migration(migrations.Migration):
    """The greatest version is read off the ballots, so that the box never updates a row."""

    dependencies = [
        ("box", "0002_log"),
    ]

    operations = [
        migrations.RemoveField(model_name="spent", name="latest"),
        migrations.RemoveField(model_name="spent", name="versions"),
    ]
