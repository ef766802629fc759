from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("channels", "0008_search_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="products",
            field=models.JSONField(default=list),
        ),
    ]
