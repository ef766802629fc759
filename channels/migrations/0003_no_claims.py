"""Nothing claims a row of the outbox any more: workers keep each other out by a file lock."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0002_requests_stay_visible'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='outboxrow',
            name='claimed_until',
        ),
    ]
