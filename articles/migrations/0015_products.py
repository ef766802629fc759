from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0014_snippet_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="products",
            field=models.JSONField(blank=True, default=list, verbose_name="products"),
        ),
    ]
