"""The expert review on a tablet: an invitation, a sheet with a contradiction, the leader's sheet.

One story in chapters on one running portal; the province looks on and sees points only at the end.
"""

import re

import pytest

pytestmark = pytest.mark.journey
TABLET = {"width": 820, "height": 1180}
STORY = {}
# What the demonstration's expert has to do, by what has to be done.
SEATS = """
import json
from hitech_cert.queries.panels import all_in, own_seats
from torch_portal.accounts.models import User
own = own_seats(User.objects.get(username="expert"))
found = {seat.state: seat.pk for seat in own["open"]}
found |= {"leader": s.pk for s in own["submitted"] if s.leader and all_in(s.panel)}
print(json.dumps(found))
"""
PANEL = """
import json
from hitech_cert.models import Seat
print(json.dumps(Seat.objects.get(pk={pk}).panel_id))
"""
POINTS = {"adv": 6, "sup": 6, "cnt": 1, "way": 5, "std": 0, "transfer": 24, "m1": 5, "m2": 5,
          "m3": 3, "m4": 3}  # fmt: skip


def reviewer(person):
    """The demonstration's expert at a tablet."""
    one = person("expert")
    one.page.set_viewport_size(TABLET)
    return one


def look(one, name):
    """At every width; on the tablet nothing scrolls sideways but the tables themselves."""
    one.shoot(f"{name}-820")
    assert one.page.evaluate("document.documentElement.scrollWidth") <= TABLET["width"]
    one.look(name)
    one.page.set_viewport_size(TABLET)


def test_1_expert_accepts_an_invitation(person, portal):
    STORY.update(portal.shell(SEATS))
    expert = reviewer(person)
    page = expert.page
    expert.go("/hitech/reviews/")
    look(expert, "hitech-reviews")
    expert.go(f"/hitech/reviews/{STORY['invited']}/")
    page.wait_for_url("**/invitation/")
    look(expert, "hitech-invitation")
    page.click("main form button.button--main")
    page.wait_for_selector(".note--block")
    page.check("[name=no_interest]")
    page.check("[name=commitment]")
    page.click("main form button.button--main")
    page.wait_for_url(re.compile(r"/reviews/\d+/$"))
    look(expert, "hitech-review")


def test_2_expert_fills_in_and_explains_what_contradicts_the_figures(person):
    expert = reviewer(person)
    page = expert.page
    expert.go(f"/hitech/reviews/{STORY['invited']}/sheet/")
    for name in ("complete", "one_year", "owns_rights", "staff_share"):
        page.check(f"[name={name}][value=yes]")
    page.select_option("[name=field_code]", index=3)
    for name in ("rd_total", "rd_domestic", "income"):
        declared = page.locator(f"#field-{name} td").nth(1).inner_text()
        page.fill(f"[name={name}]", declared.strip())
    for name, points in POINTS.items():
        page.fill(f"[name={name}]", str(points))
    page.fill("[name=comment]", "核心技术先进，材料齐全。")
    page.wait_for_selector("#saved:has-text('已保存')")
    page.click("button[value=submit]")
    page.wait_for_selector(".note--block")
    look(expert, "hitech-sheet")
    for box in page.locator("[name^=why_]").all():
        box.fill("按材料判断，与数据口径不同")
    page.click("button[value=submit]")
    page.wait_for_url("**/reviews/")
    expert.go(f"/hitech/reviews/{STORY['invited']}/sheet/")
    look(expert, "hitech-submitted")
    assert page.locator("form[data-guard]").count() == 0


def test_3_leader_is_told_both_averages_and_closes(person, portal):
    leader = reviewer(person)
    page = leader.page
    leader.go(f"/hitech/reviews/{STORY['leader']}/leader/")
    exact = page.locator("#field-stated_total td").nth(1).inner_text().strip()
    page.fill("[name=stated_total]", "1")
    for name in ("staff_st", "rd_total", "rd_domestic", "income"):
        hint = page.locator(f"#field-{name} + .hint .num").inner_text()
        page.fill(f"[name={name}]", hint.strip())
    page.check("[name=recognise][value=yes]")
    page.fill("[name=reason]", "符合认定条件。")
    page.click("button[value=close]")
    page.wait_for_selector(f"#field-stated_total .remark--block:has-text('{exact}')")
    look(leader, "hitech-leader")
    page.fill("[name=stated_total]", "")
    page.click("button[value=close]")
    page.wait_for_url("**/reviews/")
    STORY["panel"] = portal.shell(PANEL.format(pk=STORY["leader"]))


def test_4_province_sees_the_points_of_the_closed_panel_alone(person):
    official = person("official")
    official.go("/admin/hitech_cert/panel/")
    official.look("hitech-panels")
    official.go(f"/admin/hitech_cert/panel/{STORY['panel']}/change/")
    official.look("hitech-panel")
    assert official.page.locator("#averages-title").count() == 1
