from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("channels", "0006_converted_entries"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="products",
            field=models.JSONField(default=list),
        ),
    ]
