"""Adds a column, drops one, renames one and widens one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("needs", "0001_initial"),)
    operations = (
        migrations.AddField("need", "colour", models.CharField(max_length=9, default="blue")),
        migrations.RemoveField("need", "rough_cost"),
        migrations.RenameField("need", "counterpart", "office"),
        migrations.AlterField("need", "priority", models.PositiveIntegerField()),
    )
