"""What filings are found by: character pairs under GIN, kept by the database; indexes of queues."""

import django.db.models.deletion
import django.contrib.postgres.indexes
from django.db import migrations, models

import torch_portal.filings.models.search

GRAMS = r"""
CREATE FUNCTION filings_grams(number text, words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH pieces AS (
        SELECT m[1] AS piece, left(m[1], 1) ~ '[a-z0-9]' AS code,
            sum(length(m[1]) + 2) OVER (ORDER BY n) - length(m[1]) AS place
        FROM regexp_matches(
            lower(normalize(coalesce(number, '') || ' ' || coalesce(words, ''), NFKC) COLLATE "C"),
            '([a-z0-9]+(?:-[a-z0-9]+)*|[^\u0001-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uffef]+)',
            'g'
        ) WITH ORDINALITY AS found (m, n)
    ), grams AS (
        SELECT substr(piece, i, 2) AS gram, place + i AS place
        FROM pieces, generate_series(1, length(piece)) i WHERE NOT code
        UNION ALL
        SELECT array_to_string(parts[i:j], ''), place + i
        FROM pieces, string_to_array(piece, '-') parts,
            generate_series(1, array_length(parts, 1)) i,
            generate_series(1, array_length(parts, 1)) j
        WHERE code AND j >= i
    )
    SELECT coalesce(
        string_agg('''' || gram || ''':' || least(place, 16000), ' ')::tsvector, ''::tsvector
    ) FROM grams
$$;
"""
NUMBERS = """
CREATE FUNCTION filings_keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO filings_searchentry (filing_id, number) VALUES (NEW.id, NEW.number)
    ON CONFLICT (filing_id) DO UPDATE SET number = EXCLUDED.number;
    RETURN NULL;
END $$;

CREATE TRIGGER filing_search_number AFTER INSERT OR UPDATE OF number ON filings_filing
    FOR EACH ROW WHEN (NEW.number IS NOT NULL) EXECUTE FUNCTION filings_keep_number();

INSERT INTO filings_searchentry (filing_id, number)
    SELECT id, number FROM filings_filing WHERE number IS NOT NULL;
"""
NO_NUMBERS = """
DROP TRIGGER filing_search_number ON filings_filing;
DROP FUNCTION filings_keep_number();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("filings", "0007_forgotten"),
    ]

    operations = [
        migrations.RunSQL(GRAMS, "DROP FUNCTION filings_grams(text, text)"),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('filing', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='search_entry', serialize=False, to='filings.filing', verbose_name='filing')),
                ('number', models.CharField(db_default='', max_length=32, verbose_name='filing number')),
                ('words', models.TextField(db_default='', verbose_name='words')),
                ('grams', models.GeneratedField(db_persist=True, expression=models.Func(models.F('number'), models.F('words'), function='filings_grams'), output_field=torch_portal.filings.models.search.GramField(), verbose_name='pairs of characters')),
            ],
            options={
                'verbose_name': 'search entry',
                'verbose_name_plural': 'search entries',
            },
        ),
        migrations.RemoveIndex(
            model_name='filing',
            name='filing_agency_queue',
        ),
        migrations.RemoveIndex(
            model_name='filing',
            name='filing_open_due',
        ),
        migrations.RemoveIndex(
            model_name='filing',
            name='filing_area_state',
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('stage__in', ['submitted', 'in_review'])), fields=['agency', 'due_on', 'id'], name='filing_open_agency'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('stage__in', ['submitted', 'in_review'])), fields=['jurisdiction', 'due_on', 'id'], name='filing_open_area'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('stage__in', ['submitted', 'in_review'])), fields=['due_on', 'id'], name='filing_open_all'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['agency', '-submitted_at', '-id'], name='filing_sent_agency'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['jurisdiction', '-submitted_at', '-id'], name='filing_sent_area'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['-submitted_at', '-id'], name='filing_sent_all'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['agency', '-decided_at', '-id'], name='filing_decided_agency'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['jurisdiction', '-decided_at', '-id'], name='filing_decided_area'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['-decided_at', '-id'], name='filing_decided_all'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(fields=['agency', 'state', '-submitted_at', '-id'], name='filing_state_agency'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(fields=['jurisdiction', 'state', '-submitted_at', '-id'], name='filing_state_area'),
        ),
        migrations.AddIndex(
            model_name='filing',
            index=models.Index(fields=['state', '-submitted_at', '-id'], name='filing_state_all'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='search_grams'),
        ),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
    ]
