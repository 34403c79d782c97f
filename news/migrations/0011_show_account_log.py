from django.contrib.auth.management import create_permissions
from django.db import migrations


def show_account_log(apps, schema_editor):
    # Permissions come into being after all migrations; the group needs this one now.
    config = apps.get_app_config("news")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="news", codename="view_accountevent"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Administrator"):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("news", "0010_remember_what_the_hub_was_told")]
    operations = [migrations.RunPython(show_account_log, migrations.RunPython.noop)]
