from django.db import migrations

# Tables sent before are checked by the worker, which keeps what it finds with each row.
CHECK_AGAIN = """
    UPDATE filings_importrun
       SET state = CASE WHEN columns = '{}' THEN 'asking' ELSE 'checking' END,
           due_at = CASE WHEN columns = '{}' THEN NULL ELSE now() END,
           rows_all = (SELECT count(*) FROM filings_importrow WHERE run_id = filings_importrun.id)
     WHERE dropped_at IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('filings', '0013_import_work'),
    ]

    operations = [
        migrations.RunSQL(CHECK_AGAIN, migrations.RunSQL.noop),
    ]
