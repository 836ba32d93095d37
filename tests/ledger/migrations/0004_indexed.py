"""Changes no column: nothing that a row says."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("needs", "0003_back"),)
    operations = (
        migrations.AddIndex("need", models.Index(fields=("rank",), name="need_by_rank")),
    )
