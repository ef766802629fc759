from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_tags'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='auditrecord',
            index=models.Index(fields=['at'], name='audit_at'),
        ),
        migrations.AddIndex(
            model_name='articletext',
            index=models.Index(fields=['state', 'locale'], name='text_state_locale'),
        ),
    ]
