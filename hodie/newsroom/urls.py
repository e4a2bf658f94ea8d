"""The newsroom's addresses: Wagtail's own, and a few beside them."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from hodie.newsroom import owner, views

urlpatterns = [
    path("first/<str:token>/", owner.first, name="newsroom_first"),
    path("media/<path:name>", views.media, name="newsroom_media"),
    # What previews show: the press's own files at the addresses that its pages name.
    path("static/<path:name>", views.press_file, name="newsroom_static"),
    path("pictures/<path:name>", views.picture, name="newsroom_picture"),
    path("", include(wagtailadmin_urls)),
]
