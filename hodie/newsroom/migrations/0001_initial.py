"""The newsroom's tables, and what a new newsroom begins with."""

import django.db.models.deletion
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

from hodie.newsroom.beginning import begin


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailimages", "0027_image_description"),
        # They give their permissions to groups of the names that ours have: before ours are there.
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "groupapprovaltask_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.groupapprovaltask",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
            },
            bases=("wagtailcore.groupapprovaltask",),
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.SlugField(
                        max_length=100, primary_key=True, serialize=False, verbose_name="address"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "series",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Stories",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "stories",
                "verbose_name_plural": "stories",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=255, verbose_name="title")),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        upload_to=wagtail.images.models.get_upload_to,
                        verbose_name="file",
                        width_field="width",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True, default="", max_length=255, verbose_name="description"
                    ),
                ),
                ("width", models.IntegerField(editable=False, verbose_name="width")),
                ("height", models.IntegerField(editable=False, verbose_name="height")),
                (
                    "created_at",
                    models.DateTimeField(
                        auto_now_add=True, db_index=True, verbose_name="created at"
                    ),
                ),
                ("focal_point_x", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_y", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_width", models.PositiveIntegerField(blank=True, null=True)),
                ("focal_point_height", models.PositiveIntegerField(blank=True, null=True)),
                ("file_size", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "file_hash",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=40),
                ),
                ("credit", models.CharField(blank=True, help_text="Whose it is.", max_length=255)),
                ("licence", models.CharField(blank=True, max_length=100)),
                (
                    "name",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=200),
                ),
                ("printed_hash", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "collection",
                    models.ForeignKey(
                        default=wagtail.models.media.get_root_collection_id,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.collection",
                        verbose_name="collection",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text=None,
                        through="taggit.TaggedItem",
                        to="taggit.Tag",
                        verbose_name="tags",
                    ),
                ),
                (
                    "uploaded_by_user",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by user",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                (
                    "id",
                    models.SlugField(
                        max_length=100, primary_key=True, serialize=False, verbose_name="address"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "A person"), ("desk", "An office")],
                        default="person",
                        max_length=10,
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="a line on the author")),
                (
                    "links",
                    wagtail.fields.StreamField(
                        [("link", 2)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {}),
                            1: ("hodie.newsroom.blocks.LinkBlock", (), {"label": "Address"}),
                            2: ("wagtail.blocks.StructBlock", [[("label", 0), ("url", 1)]], {}),
                        },
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="newsroom.picture",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "standfirst",
                    models.TextField(blank=True, help_text="A sentence or two under the headline."),
                ),
                (
                    "date",
                    models.CharField(
                        help_text="The first date is the dateline.",
                        max_length=60,
                        verbose_name="date told of",
                    ),
                ),
                (
                    "calendar",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gregorian", "gregorian"),
                            ("julian", "julian"),
                            ("hebrew", "hebrew"),
                            ("islamic", "islamic"),
                            ("french-republican", "french republican"),
                        ],
                        help_text="Leave empty for the usual one: Julian before 15 October 1582, then Gregorian.",
                        max_length=20,
                    ),
                ),
                (
                    "dates",
                    wagtail.fields.StreamField(
                        [("date", 2)],
                        blank=True,
                        block_lookup={
                            0: ("hodie.newsroom.blocks.HistoricalDateBlock", (), {"label": "Date"}),
                            1: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("gregorian", "gregorian"),
                                        ("julian", "julian"),
                                        ("hebrew", "hebrew"),
                                        ("islamic", "islamic"),
                                        ("french-republican", "french republican"),
                                    ],
                                    "label": "Calendar",
                                    "required": False,
                                },
                            ),
                            2: ("wagtail.blocks.StructBlock", [[("date", 0), ("calendar", 1)]], {}),
                        },
                        verbose_name="other dates told of",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=20)),
                (
                    "run",
                    models.CharField(
                        choices=[
                            ("yearly", "Each year, on its day"),
                            ("once", "Once, on a date"),
                            ("never", "Now, and on no day"),
                        ],
                        default="yearly",
                        max_length=10,
                        verbose_name="runs",
                    ),
                ),
                (
                    "run_day",
                    models.CharField(
                        blank=True,
                        help_text="As 08-20; leave empty for the day of the dateline.",
                        max_length=5,
                        verbose_name="day of the year",
                    ),
                ),
                ("run_on", models.DateField(blank=True, null=True, verbose_name="date")),
                (
                    "bylines",
                    wagtail.fields.StreamField(
                        [("author", 0), ("guest", 7)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.snippets.blocks.SnippetChooserBlock",
                                ("newsroom.Author",),
                                {"icon": "user", "label": "Author"},
                            ),
                            1: ("wagtail.blocks.CharBlock", (), {}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("person", "A person"), ("desk", "An office")]},
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "A line on the author", "required": False},
                            ),
                            4: ("hodie.newsroom.blocks.LinkBlock", (), {"label": "Address"}),
                            5: ("wagtail.blocks.StructBlock", [[("label", 1), ("url", 4)]], {}),
                            6: (
                                "wagtail.blocks.ListBlock",
                                (5,),
                                {"default": [], "label": "Links"},
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 1), ("kind", 2), ("note", 3), ("links", 6)]],
                                {},
                            ),
                        },
                    ),
                ),
                (
                    "picture_alt",
                    models.CharField(blank=True, max_length=500, verbose_name="what is to be seen"),
                ),
                (
                    "picture_credit",
                    models.CharField(blank=True, max_length=500, verbose_name="credit"),
                ),
                (
                    "picture_licence",
                    models.CharField(blank=True, max_length=200, verbose_name="licence"),
                ),
                (
                    "picture_caption",
                    models.CharField(blank=True, max_length=1000, verbose_name="caption"),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("quotation", 1),
                            ("picture", 5),
                            ("note", 6),
                            ("markdown", 7),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h2",
                                        "h3",
                                        "bold",
                                        "italic",
                                        "link",
                                        "ol",
                                        "ul",
                                        "hr",
                                        "superscript",
                                        "subscript",
                                        "strikethrough",
                                        "code",
                                    ],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                },
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "link", "ol", "ul"],
                                    "icon": "openquote",
                                    "label": "Quotation",
                                },
                            ),
                            2: (
                                "wagtail.images.blocks.ImageChooserBlock",
                                (),
                                {"label": "Picture"},
                            ),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For those who cannot see it.",
                                    "label": "What is to be seen",
                                },
                            ),
                            4: ("wagtail.blocks.CharBlock", (), {"required": False}),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [[("image", 2), ("alt", 3), ("caption", 4)]],
                                {},
                            ),
                            6: ("hodie.newsroom.blocks.NoteBlock", (), {}),
                            7: ("hodie.newsroom.blocks.MarkdownBlock", (), {}),
                        },
                    ),
                ),
                (
                    "sources",
                    wagtail.fields.StreamField(
                        [("source", 4)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {}),
                            1: ("wagtail.blocks.CharBlock", (), {"required": False}),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Publisher, place or box", "required": False},
                            ),
                            3: (
                                "hodie.newsroom.blocks.LinkBlock",
                                (),
                                {"label": "Address", "required": False},
                            ),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 0), ("author", 1), ("publisher", 2), ("url", 3)]],
                                {},
                            ),
                        },
                    ),
                ),
                ("tags", models.TextField(blank=True, help_text="One a line.")),
                (
                    "entries",
                    models.TextField(blank=True, verbose_name="entries of the almanac it tells"),
                ),
                (
                    "entities",
                    models.TextField(
                        blank=True, verbose_name="people, places and works it tells of"
                    ),
                ),
                (
                    "sensitive",
                    models.BooleanField(
                        default=False, help_text="Readers are told first that it tells of violence."
                    ),
                ),
                ("corrections", models.JSONField(blank=True, default=list, editable=False)),
                ("withdrawn_on", models.DateField(blank=True, editable=False, null=True)),
                ("withdrawn_note", models.TextField(blank=True, editable=False)),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="newsroom.picture",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="newsroom.series",
                    ),
                ),
            ],
            options={
                "verbose_name": "story",
                "verbose_name_plural": "stories",
                "permissions": [
                    ("correct_story", "Can correct and withdraw stories"),
                    ("change_house", "Can change the house's facts"),
                ],
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="StoryFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=300, unique=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("revision", models.BigIntegerField(null=True)),
                ("out", models.DateField(null=True)),
                ("conflict", models.BooleanField(default=False)),
                (
                    "story",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="file_record",
                        to="newsroom.story",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("filter_spec", models.CharField(db_index=True, max_length=255)),
                (
                    "file",
                    wagtail.images.models.WagtailImageField(
                        height_field="height",
                        storage=wagtail.images.models.get_rendition_storage,
                        upload_to=wagtail.images.models.get_rendition_upload_to,
                        width_field="width",
                    ),
                ),
                ("width", models.IntegerField(editable=False)),
                ("height", models.IntegerField(editable=False)),
                (
                    "focal_point_key",
                    models.CharField(blank=True, default="", editable=False, max_length=16),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="newsroom.picture",
                    ),
                ),
            ],
            options={
                "unique_together": {("image", "filter_spec", "focal_point_key")},
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
