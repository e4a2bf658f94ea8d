"""Publishers keep the addresses that stories had before."""

from django.db import migrations

from hodie.newsroom.beginning import permit_redirects


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial"), ("wagtailredirects", "0001_initial")]

    operations = [migrations.RunPython(permit_redirects, migrations.RunPython.noop)]
