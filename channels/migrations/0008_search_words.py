"""Synonyms, best bets and golden queries of the editors, and the log of searches."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0014_snippet_review'),
        ('channels', '0007_calls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default='', max_length=32)),
            ],
            options={
                'permissions': [('edit_search_words', 'Can edit synonyms, best bets and golden queries')],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='BestBet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locale', models.CharField(max_length=16, verbose_name='language')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('questions', models.TextField(verbose_name='questions')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'best bet',
                'verbose_name_plural': 'best bets',
                'ordering': ['locale', 'pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='BestBetArticle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.article')),
                ('bet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='channels.bestbet')),
            ],
            options={
                'ordering': ['place'],
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='bestbet',
            name='articles',
            field=models.ManyToManyField(related_name='best_bets', through='channels.BestBetArticle', to='articles.article'),
        ),
        migrations.CreateModel(
            name='FrequentQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locale', models.CharField(max_length=16)),
                ('folded', models.CharField(max_length=400)),
                ('query', models.CharField(max_length=400)),
                ('rank', models.PositiveSmallIntegerField()),
                ('times', models.PositiveIntegerField()),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('locale', 'folded'), name='one_frequent_query_of_each')],
            },
        ),
        migrations.CreateModel(
            name='GoldenQuery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locale', models.CharField(max_length=16, verbose_name='language')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('query', models.CharField(max_length=300, verbose_name='question')),
                ('audience', models.CharField(choices=[('public', 'everybody'), ('customer', 'customers'), ('partner', 'partners'), ('agent', 'agents')], max_length=16, verbose_name='readers')),
                ('within', models.PositiveSmallIntegerField(default=3, verbose_name='among the first')),
                ('position', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='place')),
                ('checked_at', models.DateTimeField(editable=False, null=True, verbose_name='looked at')),
                ('checked_edition', models.PositiveBigIntegerField(editable=False, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='golden_queries', to='articles.article', verbose_name='article')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'golden query',
                'verbose_name_plural': 'golden queries',
                'ordering': ['locale', 'query'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='SearchOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('search_id', models.CharField(max_length=22)),
                ('public_id', models.CharField(blank=True, max_length=40)),
                ('what', models.CharField(choices=[('opened', 'opened'), ('helped', 'helped'), ('not_helped', 'did not help'), ('asked', 'asked for an article')], max_length=16)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('search_id', 'public_id', 'what'), name='one_outcome_of_each_kind')],
            },
        ),
        migrations.CreateModel(
            name='SearchRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('search_id', models.CharField(max_length=22, unique=True)),
                ('asked_at', models.DateTimeField(db_index=True, verbose_name='asked')),
                ('query', models.CharField(max_length=400, verbose_name='question')),
                ('folded', models.CharField(max_length=400)),
                ('locale', models.CharField(max_length=16, verbose_name='language')),
                ('told_in', models.CharField(blank=True, max_length=16, verbose_name='answered in')),
                ('channel', models.CharField(choices=[('website', 'website'), ('agent', "agent's page"), ('api', 'API'), ('kiosk', 'kiosk'), ('ivr', 'phone'), ('chat', 'chat')], max_length=16, verbose_name='channel')),
                ('audience_rank', models.PositiveSmallIntegerField(verbose_name='readers')),
                ('edition', models.PositiveBigIntegerField(verbose_name='edition')),
                ('total', models.PositiveIntegerField(verbose_name='found')),
                ('fits', models.BooleanField(verbose_name='fits')),
                ('results', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'search',
                'verbose_name_plural': 'search log',
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['locale', 'folded'], name='search_by_question')],
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locale', models.CharField(max_length=16, verbose_name='language')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('changed_at', models.DateTimeField(verbose_name='changed')),
                ('words', models.CharField(max_length=300, verbose_name='words')),
                ('meaning', models.CharField(editable=False, max_length=64, unique=True)),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'synonym',
                'verbose_name_plural': 'synonyms',
                'ordering': ['locale', 'words'],
                'default_permissions': ('view',),
            },
        ),
        migrations.AddConstraint(
            model_name='bestbetarticle',
            constraint=models.UniqueConstraint(fields=('bet', 'article'), name='article_pinned_once_per_bet'),
        ),
        migrations.AddConstraint(
            model_name='bestbetarticle',
            constraint=models.UniqueConstraint(fields=('bet', 'place'), name='one_article_per_place_of_bet'),
        ),
        migrations.AddConstraint(
            model_name='goldenquery',
            constraint=models.UniqueConstraint(fields=('locale', 'audience', 'query', 'article'), name='one_golden_query_of_each'),
        ),
        migrations.AddConstraint(
            model_name='goldenquery',
            constraint=models.CheckConstraint(condition=models.Q(('within__gte', 1), ('within__lte', 20)), name='golden_within_1_to_20'),
        ),
        migrations.AddConstraint(
            model_name='goldenquery',
            constraint=models.CheckConstraint(condition=models.Q(('audience__in', ('public', 'customer', 'partner', 'agent'))), name='golden_audience_is_known'),
        ),
    ]
