"""The policy: its numbers, and how hodie.toml sets them."""

import msgspec
import pytest

from hodie.errors import HodieError
from hodie.selection import Policy, PolicyError


def test_an_empty_table_is_the_usual_policy():
    """What a publication leaves out stays."""
    assert Policy.from_table({}) == Policy()


def test_numbers_and_counts_are_set():
    """Whole numbers do where a number is asked for."""
    policy = Policy.from_table({"selected": 7, "weight": 2, "century": 0.5, "most_wars": 0})

    assert (policy.selected, policy.weight, policy.century, policy.most_wars) == (7, 2.0, 0.5, 0)


@pytest.mark.parametrize("table", ["kinds", "fields", "lead_kinds"])
def test_tables_add_to_the_usual_ones(table):
    """A table that names one kind leaves the others."""
    policy = Policy.from_table({table: {"battle": -1, "the arts": 0.5}})
    numbers = getattr(policy, table)

    assert numbers["battle"] == -1.0
    assert numbers["the arts"] == 0.5
    assert set(getattr(Policy(), table)) < set(numbers)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("selcted", 5, "no setting is named 'selcted'; did you mean 'selected'?"),
        ("xyzzy", 5, "there are: agreement, births, calendar_doubtful"),
        ("ran", {}, "no setting is named 'ran'"),
        ("sensitivity", "no", "give one of 'shown', 'not-lead', 'hidden'"),
        ("exclude", "war", "exclude = 'war' is no table"),
        ("exclude", {"word": ["x"]}, "did you mean 'words'?"),
        ("exclude", {"words": "x"}, "exclude.words = 'x' is no list"),
        ("exclude", {"ids": [1]}, "exclude.ids = [1] is no list"),
        ("eras", {"the past": 1}, "no one of the eras is named 'the past'; there are: antiquity"),
        ("regions", {"Ociania": 1}, "did you mean 'Oceania'?"),
        ("selected", -1, "selected = -1 is no count: give a whole number from 0 on"),
        ("selected", 2.5, "selected = 2.5 is no count"),
        ("selected", True, "selected = True is no count"),
        ("selected", "5", "selected = '5' is no count"),
        ("weight", "much", "weight = 'much' is no number: give one such as 0.1 or -0.2"),
        ("weight", False, "weight = False is no number"),
        ("weight", float("nan"), "weight = nan is no number"),
        ("kinds", 0.2, "kinds = 0.2 is no table: give one such as { accession = 0."),
        ("kinds", {"battle": "less"}, "kinds.battle = 'less' is no number"),
    ],
)
def test_errors_name_key_value_and_way_out(key, value, said):
    """Whoever mistypes is told what would do."""
    with pytest.raises(PolicyError) as caught:
        Policy.from_table({key: value})

    assert said in str(caught.value)
    assert isinstance(caught.value, HodieError)
    assert caught.value.key == key or caught.value.key.startswith(f"{key}.")


def test_a_policy_does_not_change():
    """Policies are values."""
    with pytest.raises(AttributeError):
        Policy().selected = 3  # type: ignore[misc]


def test_every_number_is_explained(request):
    """The reference names every setting, and the number that it has."""
    page = (request.config.rootpath / "docs" / "reference" / "selection.md").read_text("utf-8")
    for name, value in msgspec.structs.asdict(Policy()).items():
        if isinstance(value, dict) and value:
            assert f"[selection.{name}]" in page
            for key, number in value.items():
                assert f"| {key} | {number:g} |" in page, (key, number)
        elif isinstance(value, int | float):
            assert f"| `{name}` | {value:g} |" in page, (name, value)
        else:
            assert f"`{name}`" in page, name
