"""What the newsroom keeps: stories with their series, authors and pictures."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import GroupApprovalTask, Page, WorkflowState
from wagtail.search import index

from hodie.dates import MonthDay
from hodie.errors import HodieError
from hodie.newsroom import blocks
from hodie.newsroom.panels import CheckPanel
from hodie.newsroom.permissions import StoryPermissionTester
from hodie.newsroom.widgets import AlmanacInput, HistoricalDateInput
from hodie.press.publication import is_slug

YEARLY, ONCE, NEVER = "yearly", "once", "never"
RUNS = [
    (YEARLY, "Each year, on its day"),
    (ONCE, "Once, on a date"),
    (NEVER, "Now, and on no day"),
]


class Series(models.Model):
    """A standing title, as hodie.toml has it."""

    id = models.SlugField(primary_key=True, max_length=100, verbose_name="address")
    name = models.CharField(max_length=255)
    note = models.TextField(blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("id"), FieldPanel("name"), FieldPanel("note")]

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        _check_slug(self.id, "id")


class Author(models.Model):
    """Who signs stories, as hodie.toml has it."""

    id = models.SlugField(primary_key=True, max_length=100, verbose_name="address")
    name = models.CharField(max_length=255)
    kind = models.CharField(
        max_length=10, choices=[("person", "A person"), ("desk", "An office")], default="person"
    )
    note = models.TextField(blank=True, verbose_name="a line on the author")
    picture = models.ForeignKey(
        "newsroom.Picture", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    links = StreamField(blocks.LinksBlock(required=False), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("name", "id", "kind", "note", "picture", "links")
    ]

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        _check_slug(self.id, "id")


class Picture(AbstractImage):
    """A picture; `name` is that of its file below `pictures/`, once a story that shows it ran.

    `printed_hash` is the hash of the upload from which that file was made.
    """

    credit = models.CharField(max_length=255, blank=True, help_text="Whose it is.")
    licence = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    printed_hash = models.CharField(max_length=40, blank=True, editable=False)

    admin_form_fields = (
        *("title", "file", "description", "credit", "licence", "collection", "tags"),
        *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    )


class Rendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    @property
    def url(self) -> str:
        # Also where a bucket has them: the newsroom hands them out itself, to those who logged in,
        # and its content security policy lets no other address show a picture.
        return f"{settings.MEDIA_URL}{quote(self.file.name)}"

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Stories(Page):
    """The folder of all stories."""

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["newsroom.Story"]
    preview_modes: ClassVar[list[Any]] = []
    is_creatable = False

    class Meta:
        verbose_name = "stories"
        verbose_name_plural = "stories"


class Story(Page):
    """A story while it is worked on; `values` turns it into press's `Story` and back.

    `slug` is the story's id. A story is live in Wagtail's sense while its file stands; a withdrawn
    one still has its file, which says so.
    """

    standfirst = models.TextField(blank=True, help_text="A sentence or two under the headline.")
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT)
    date = models.CharField(
        max_length=60, verbose_name="date told of", help_text="The first date is the dateline."
    )
    calendar = models.CharField(
        max_length=20,
        blank=True,
        choices=blocks.CALENDARS,
        help_text="Leave empty for the usual one: Julian before 15 October 1582, then Gregorian.",
    )
    dates = StreamField(
        blocks.DatesBlock(required=False), blank=True, verbose_name="other dates told of"
    )
    language = models.CharField(max_length=20, blank=True)
    run = models.CharField(max_length=10, choices=RUNS, default=YEARLY, verbose_name="runs")
    run_day = models.CharField(
        max_length=5,
        blank=True,
        verbose_name="day of the year",
        help_text="As 08-20; leave empty for the day of the dateline.",
    )
    run_on = models.DateField(null=True, blank=True, verbose_name="date")
    bylines = StreamField(blocks.BylinesBlock(required=False), blank=True)
    picture = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    picture_alt = models.CharField(max_length=500, blank=True, verbose_name="what is to be seen")
    picture_credit = models.CharField(max_length=500, blank=True, verbose_name="credit")
    picture_licence = models.CharField(max_length=200, blank=True, verbose_name="licence")
    picture_caption = models.CharField(max_length=1000, blank=True, verbose_name="caption")
    body = StreamField(blocks.BodyBlock(required=False), blank=True)
    sources = StreamField(blocks.SourcesBlock(required=False), blank=True)
    tags = models.TextField(blank=True, help_text="One a line.")
    entries = models.TextField(blank=True, verbose_name="entries of the almanac it tells")
    entities = models.TextField(blank=True, verbose_name="people, places and works it tells of")
    sensitive = models.BooleanField(
        default=False, help_text="Readers are told first that it tells of violence."
    )
    corrections = models.JSONField(default=list, blank=True, editable=False)
    withdrawn_on = models.DateField(null=True, blank=True, editable=False)
    withdrawn_note = models.TextField(blank=True, editable=False)

    parent_page_types: ClassVar[list[str]] = ["newsroom.Stories"]
    subpage_types: ClassVar[list[str]] = []
    template = "newsroom/never.html"
    search_fields: ClassVar[list[Any]] = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("body"),
        index.SearchField("tags"),
        index.FilterField("series"),
        index.FilterField("run"),
    ]

    story_panels: ClassVar[list[Any]] = [
        FieldPanel("title", heading="Headline", help_text="What the story is called."),
        FieldPanel("standfirst"),
        FieldPanel("series"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("date", widget=HistoricalDateInput), FieldPanel("calendar")]
                ),
                FieldPanel("dates"),
            ],
            heading="When it happened",
        ),
        FieldPanel("bylines"),
        FieldPanel("body"),
        CheckPanel(heading="Dates and facts"),
    ]
    run_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel("run"),
                FieldRowPanel([FieldPanel("run_day"), FieldPanel("run_on")]),
            ],
            heading="When it runs",
        ),
        MultiFieldPanel(
            [
                FieldPanel("picture"),
                FieldPanel("picture_alt"),
                FieldRowPanel([FieldPanel("picture_credit"), FieldPanel("picture_licence")]),
                FieldPanel("picture_caption"),
            ],
            heading="The picture over it",
        ),
        FieldPanel("slug", heading="Address"),
        FieldPanel("language"),
        FieldPanel("sensitive"),
        PublishingPanel(),
    ]
    facts_panels: ClassVar[list[Any]] = [
        FieldPanel("entries", widget=AlmanacInput("entries")),
        FieldPanel("entities", widget=AlmanacInput("entities")),
        FieldPanel("sources"),
        FieldPanel("tags"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(story_panels, heading="Story"),
            ObjectList(run_panels, heading="Run and picture"),
            ObjectList(facts_panels, heading="Facts"),
        ]
    )

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("correct_story", "Can correct and withdraw stories"),
            ("change_house", "Can change the house's facts"),
        ]

    def clean(self) -> None:
        super().clean()
        # A draft may still lack anything; what stands must be right.
        if self.slug:
            _check_slug(self.slug, "slug")
            self._check_address()
        self._check_dates()
        if self.picture and not (self.picture_alt and self.picture_credit):
            missing = "picture_alt" if not self.picture_alt else "picture_credit"
            raise ValidationError({missing: "A picture needs this."})

    def _check_address(self) -> None:
        from hodie.newsroom.moves import whose

        page = whose(self.slug)
        if page is not None and page.pk != self.pk:
            message = f"Readers of this address are led to “{page.title}”, which stood here before."
            raise ValidationError({"slug": message})

    def _check_dates(self) -> None:
        if self.date:
            try:
                blocks.check_date(self.date)
            except ValidationError as error:
                raise ValidationError({"date": error.messages}) from error
        if self.run == ONCE and not self.run_on:
            raise ValidationError({"run_on": "On which date does it run?"})
        if self.run_day:
            try:
                MonthDay.parse(self.run_day)
            except ValueError as error:
                raise ValidationError({"run_day": f"{error}."}) from error

    @property
    def address(self) -> str:
        return f"/stories/{self.slug}/"

    @property
    def state(self) -> str:
        """Where the story is on its way, in one word or two."""
        if self.withdrawn_on:
            return "withdrawn"
        if self.live:
            return "corrected" if self.corrections else "published"
        if self.scheduled_revision:
            return "scheduled"
        if self.workflow_in_progress:
            return "in review"
        return "approved" if self.approved_by else "draft"

    @property
    def approved_by(self) -> Any:
        """Who approved the text as it is now, None where nobody did."""
        state = (
            WorkflowState.objects.for_instance(self)
            .filter(status=WorkflowState.STATUS_APPROVED)
            .order_by("-created_at", "-pk")
            .first()
        )
        done = state and state.current_task_state
        if not done or not _says_the_same(done.revision, self.latest_revision):
            return None
        return done.finished_by

    def permissions_for_user(self, user: Any) -> StoryPermissionTester:
        return StoryPermissionTester(user, self)

    def get_url_parts(self, request: Any = None) -> tuple[int | None, str, str] | None:
        from hodie.newsroom.opened import publication

        # Its page is the public one; the newsroom itself shows it to nobody.
        return None, publication().base_url, self.address

    def is_own(self, user: Any) -> bool:
        """Tell whether somebody wrote the story: owns it, or sent it to be reviewed."""
        state = self.current_workflow_state
        return user.pk in (self.owner_id, state.requested_by_id if state else None)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [
            {"name": "phone", "icon": "mobile-alt", "device_width": 390, "label": "Phone"},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": "Desktop"},
        ]

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        from hodie.newsroom.preview import preview

        return preview(self, request)


class Review(GroupApprovalTask):
    """The desk reads a story; where the publication says so, nobody approves their own."""

    def get_actions(self, obj: Any, user: Any) -> list[Any]:
        actions = super().get_actions(obj, user)
        if may_approve(obj, user):
            return actions
        return [action for action in actions if action[0] != "approve"]

    def on_action(self, task_state: Any, user: Any, action_name: str, **options: Any) -> Any:
        story = task_state.workflow_state.content_object
        if action_name == "approve" and not may_approve(story, user):
            raise ValidationError("Somebody else has to approve a story of yours.")
        return super().on_action(task_state, user, action_name, **options)

    class Meta:
        verbose_name = "review"


def _says_the_same(one: Any, other: Any) -> bool:
    """Tell whether two revisions make the same page."""
    if other is None or one.pk == other.pk:
        return other is not None
    from hodie.newsroom.values import to_value

    try:
        return to_value(one.as_object()) == to_value(other.as_object())
    except HodieError:
        return False


def may_approve(story: Any, user: Any) -> bool:
    """Tell whether the publication lets somebody approve a story."""
    from hodie.newsroom.opened import publication

    return publication().newsroom.own_approval or not story.specific.is_own(user)


def next_run(day: MonthDay, today: datetime.date) -> datetime.date:
    """Return the first date from `today` on that is a day; 29 February waits for a leap year.

    >>> next_run(MonthDay(8, 20), datetime.date(2026, 8, 21))
    datetime.date(2027, 8, 20)
    """
    for year in range(today.year, today.year + 9):
        date = day.in_year(year)
        if date is not None:
            found = datetime.date(year, day.month, day.day)
            if found >= today:
                return found
    raise AssertionError("eight years hold every day")


def _check_slug(text: str, field: str) -> None:
    if not is_slug(text):
        raise ValidationError({field: "Use lower-case letters a to z, digits and single hyphens."})


class StoryFile(models.Model):
    """The file of a story as the newsroom wrote or read it last.

    `path` is below `stories/`. While the file on disk has `digest`, nobody changed it by hand;
    `revision` is the one that it says. `out` is when the story came out, if on no day of its own.
    A row outlives its story until the file is gone.
    """

    story = models.OneToOneField(
        Story, null=True, on_delete=models.SET_NULL, related_name="file_record"
    )
    path = models.CharField(max_length=300, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    revision = models.BigIntegerField(null=True)
    out = models.DateField(null=True)
    conflict = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.path)
