from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    name = "hodie.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from hodie.newsroom import choosers, moves, receivers

        choosers.install()
        moves.install()
        receivers.connect()
