"""Messages on questions never change; published guidance is only withdrawn, never changed."""

from django.db import migrations

KEEP = """
CREATE FUNCTION stats_answer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a message on a question is never changed' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER stats_answer_stays BEFORE UPDATE OR DELETE ON stats_answer
    FOR EACH ROW EXECUTE FUNCTION stats_answer_stays();
CREATE TRIGGER stats_material_stays BEFORE UPDATE OR DELETE ON stats_coursematerial
    FOR EACH ROW EXECUTE FUNCTION stats_published_stays();
CREATE TRIGGER stats_quiz_stays BEFORE UPDATE OR DELETE ON stats_quiz
    FOR EACH ROW EXECUTE FUNCTION stats_published_stays();
CREATE TRIGGER stats_faq_stays BEFORE UPDATE OR DELETE ON stats_faqentry
    FOR EACH ROW EXECUTE FUNCTION stats_published_stays();
"""
DROP = """
DROP TRIGGER stats_faq_stays ON stats_faqentry;
DROP TRIGGER stats_quiz_stays ON stats_quiz;
DROP TRIGGER stats_material_stays ON stats_coursematerial;
DROP TRIGGER stats_answer_stays ON stats_answer;
DROP FUNCTION stats_answer_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("stats", "0002_published_stays"),
    ]

    operations = [
        migrations.RunSQL(KEEP, DROP),
    ]
