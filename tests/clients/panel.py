"""Draw the panel of dinky-onthisday, as a dashboard does that has this plug-in."""

from dinky.display_configuration import DisplayConfiguration
from dinky.layouts.layout_configuration import Zone
from dinky_onthisday import DinkyOnThisDayPlugin


def main():
    """Print how large the two pictures are, and how many dots of the first are ink."""
    zone = Zone(id="day", x=0, y=0, width=400, height=175, padding=5)
    panel, whole = DinkyOnThisDayPlugin().dinky_draw(zone, DisplayConfiguration())
    below = panel.convert("L").crop((0, 70, 400, 175))
    print(*panel.size, *whole.size, below.histogram()[0])
