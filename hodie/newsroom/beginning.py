"""What a new newsroom begins with: its groups, the folder of stories, and the way of a story."""

from __future__ import annotations

from typing import Any

WRITERS, EDITORS, PUBLISHERS = "Writers", "Editors", "Publishers"
_PAGE = {
    WRITERS: ("add",),
    EDITORS: ("add", "change", "lock", "unlock"),
    PUBLISHERS: ("add", "change", "lock", "unlock", "publish", "bulk_delete"),
}
_PICTURE = {
    WRITERS: ("add", "choose"),
    EDITORS: ("add", "choose", "change"),
    PUBLISHERS: ("add", "choose", "change", "delete"),
}
_MODELS = {
    EDITORS: ("view", "add", "change"),
    PUBLISHERS: ("view", "add", "change", "delete"),
}


def begin(apps: Any, schema_editor: Any) -> None:
    """Make everything, in place of what Wagtail puts into an empty database."""
    _clear(apps)
    stories = _stories(apps)
    groups = {name: apps.get_model("auth.Group").objects.create(name=name) for name in _PAGE}
    for name, group in groups.items():
        _permit(apps, name, group, stories)
    _workflow(apps, stories, [groups[EDITORS], groups[PUBLISHERS]])


def permit_redirects(apps: Any, schema_editor: Any) -> None:
    """Let publishers keep the addresses that stories had before."""
    group = apps.get_model("auth.Group").objects.filter(name=PUBLISHERS).first()
    for action in ("add", "change", "delete") if group else ():
        codename = f"{action}_redirect"
        group.permissions.add(_permission(apps, "wagtailredirects", "redirect", codename))


def _clear(apps: Any) -> None:
    names = ("Moderators", "Editors")
    apps.get_model("auth.Group").objects.filter(name__in=names).delete()
    for model in ("WorkflowPage", "WorkflowTask", "Workflow", "GroupApprovalTask", "Task"):
        apps.get_model(f"wagtailcore.{model}").objects.all().delete()


def _stories(apps: Any) -> Any:
    """Put the folder of stories in the place of Wagtail's welcome page."""
    page, site = apps.get_model("wagtailcore.Page"), apps.get_model("wagtailcore.Site")
    home = page.objects.filter(depth=2).first()
    stories = apps.get_model("newsroom.Stories").objects.create(
        title="Stories",
        draft_title="Stories",
        slug="stories",
        path="00010002",
        depth=2,
        numchild=0,
        url_path="/stories/",
        content_type=_type(apps, "newsroom", "stories"),
        locale=apps.get_model("wagtailcore.Locale").objects.first(),
    )
    site.objects.all().delete()
    site.objects.create(hostname="localhost", root_page_id=stories.pk, is_default_site=True)
    if home is not None:
        home.delete()
    page.objects.filter(depth=1).update(numchild=1)
    return stories


def _permit(apps: Any, name: str, group: Any, stories: Any) -> None:
    group.permissions.add(_permission(apps, "wagtailadmin", "admin", "access_admin"))
    for action in _PAGE[name]:
        apps.get_model("wagtailcore.GroupPagePermission").objects.create(
            group=group,
            page_id=stories.pk,
            permission=_permission(apps, "wagtailcore", "page", f"{action}_page"),
        )
    collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    for action in _PICTURE[name]:
        apps.get_model("wagtailcore.GroupCollectionPermission").objects.create(
            group=group,
            collection=collection,
            # Wagtail asks for the permissions of its own pictures, whatever the model is.
            permission=_permission(apps, "wagtailimages", "image", f"{action}_image"),
        )
    for action in _MODELS.get(name, ()):
        for model in ("series", "author"):
            codename = f"{action}_{model}"
            group.permissions.add(_permission(apps, "newsroom", model, codename))
    if name != WRITERS:
        group.permissions.add(_permission(apps, "newsroom", "story", "change_house"))
    if name == PUBLISHERS:
        group.permissions.add(_permission(apps, "newsroom", "story", "correct_story"))


def _workflow(apps: Any, stories: Any, groups: list[Any]) -> None:
    task = apps.get_model("newsroom.Review").objects.create(
        name="Review", active=True, content_type=_type(apps, "newsroom", "review")
    )
    task.groups.set(groups)
    workflow = apps.get_model("wagtailcore.Workflow").objects.create(name="The desk", active=True)
    apps.get_model("wagtailcore.WorkflowTask").objects.create(
        workflow=workflow, task_id=task.pk, sort_order=0
    )
    apps.get_model("wagtailcore.WorkflowPage").objects.create(workflow=workflow, page_id=stories.pk)


def _permission(apps: Any, app: str, model: str, codename: str) -> Any:
    """Return a permission; Django itself makes those of models only after all migrations."""
    permission, _ = apps.get_model("auth.Permission").objects.get_or_create(
        content_type=_type(apps, app, model),
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )
    return permission


def _type(apps: Any, app: str, model: str) -> Any:
    types = apps.get_model("contenttypes.ContentType").objects
    return types.get_or_create(app_label=app, model=model)[0]
