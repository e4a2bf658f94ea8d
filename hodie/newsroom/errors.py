"""What stands in the newsroom's way."""

from hodie.errors import HodieError


class NewsroomError(HodieError):
    """The newsroom cannot do what was asked of it; says why, and the way out."""
