"""Who and what takes part in an entry, sorted by role in one pass."""

from typing import NamedTuple

from hodie.almanac import Entity, Entry


class Cast(NamedTuple):
    """The participants of an entry by role, each in the order of the almanac."""

    subject: Entity | None
    people: tuple[Entity, ...]
    places: tuple[Entity, ...]
    context: tuple[Entity, ...]


def cast_of(entry: Entry) -> Cast:
    """Sort the participants of an entry.

    >>> from hodie.almanac import Kind, Participant
    >>> trotsky = Participant(Entity("leon-trotsky", "Leon Trotsky"), "person")
    >>> cast_of(Entry("e:1", Kind.EVENT, participants=(trotsky,))).people[0].name
    'Leon Trotsky'
    """
    subject: Entity | None = None
    people: list[Entity] = []
    places: list[Entity] = []
    context: list[Entity] = []
    for part in entry.participants:
        role = part.role
        if role == "person":
            people.append(part.entity)
        elif role == "place":
            places.append(part.entity)
        elif role == "context":
            context.append(part.entity)
        elif role == "subject" and subject is None:
            subject = part.entity
    return Cast(subject, tuple(people), tuple(places), tuple(context))
