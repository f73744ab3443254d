"""The audit trail is appended to and never changed: the database refuses what no step does."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION registry_audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON registry_audit
    FOR EACH ROW EXECUTE FUNCTION registry_audit_is_kept();
"""
ALLOW = """
DROP TRIGGER audit_append_only ON registry_audit;
DROP FUNCTION registry_audit_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
