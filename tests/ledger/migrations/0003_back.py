"""Today's columns again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("needs", "0002_changed"),)
    operations = (
        migrations.RemoveField("need", "colour"),
        migrations.AddField(
            "need", "rough_cost", models.CharField(max_length=200, blank=True, default="")
        ),
        migrations.RenameField("need", "office", "counterpart"),
        migrations.AlterField("need", "priority", models.PositiveSmallIntegerField()),
    )
