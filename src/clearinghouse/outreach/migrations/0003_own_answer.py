"""A body says itself that it does not contribute, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("outreach", "0002_participation"),
    ]

    operations = [
        migrations.AddField(
            model_name="asked",
            name="because",
            field=models.TextField(blank=True, default=""),
        ),
    ]
