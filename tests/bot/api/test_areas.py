"""Areas over the API: what lies below one, and its risk level, set by administrators alone."""

from tests.bot.api.caller import Systems
from tests.bot.places import ANDING, HEPING, PINGXIANG, PREFECTURE, TONGWEI


def test_an_area_comes_with_those_below_and_the_risk_that_holds_in_each(systems: Systems) -> None:
    record = systems.of("editor").done("GET", f"/areas/{TONGWEI.code}")

    assert (record["total"]["area"]["name"], record["total"]["communities"]) == ("通渭县", 3)
    assert [(one["area"]["name"], one["area"]["risk"], one["holds"]) for one in record["below"]] == [
        ("平襄镇", None, "high"),
        ("马营镇", "medium", "medium"),
    ]


def test_an_administrator_sets_a_level_and_reads_it_back_at_once(systems: Systems) -> None:
    caller = systems.of("administrator")
    body = {"risk": "low", "seen": None, "reason": "解封（示例）"}

    done = caller.done("PUT", f"/areas/{PINGXIANG.code}/risk", body)
    again = caller.put(f"/areas/{PINGXIANG.code}/risk", body)

    assert (done["total"]["area"]["risk"], done["below"][0]["holds"]) == ("low", "low")
    assert (again.status_code, again.get_json()["code"]) == (409, "stale")


def test_nobody_else_sets_it_and_nobody_reads_beyond_their_area(systems: Systems) -> None:
    body = {"risk": "low", "seen": "high", "reason": "解封（示例）"}
    assert systems.of("approver").put(f"/areas/{TONGWEI.code}/risk", body).status_code == 403
    lead = systems.of("area_lead", area_code=TONGWEI.code)
    assert lead.get(f"/areas/{HEPING.code}").status_code == 200
    assert [lead.get(f"/areas/{code}").status_code for code in (ANDING.code, PREFECTURE.code)] == [403, 403]
    assert lead.get("/areas/000000000000").status_code == 404
