"""Names of the demonstration's accounts; plain data that needs no Django."""

from dataclasses import dataclass

PASSWORD = "torch-demo-2020"  # noqa: S105  (shown on the sign-in page of a demonstration)


@dataclass(frozen=True)
class Person:
    """A demonstration account: name to sign in with, role in both languages, real name."""

    username: str
    label: str
    family: str
    given: str


PEOPLE = (
    Person("enterprise", "企业 · 杭州知微能源科技（申报人）", "陈", "知微"),
    Person("buyer", "企业 · 杭州朗途生物医药（另一家）", "林", "朗"),
    Person("examiner", "登记机构 · 杭州市登记处（登记员）", "王", "审之"),
    Person("examiner2", "登记机构 · 杭州市登记处（复核）", "李", "复核"),
    Person("examiner-nj", "登记机构 · 南京市登记处（另一地区）", "周", "宁"),
    Person("official", "省级科技主管部门 · 浙江", "赵", "主管"),
    Person("official2", "省级科技主管部门 · 浙江（复核）", "钱", "复议"),
    Person("expert", "评审专家 · 高新技术企业认定（技术专家）", "沈", "评之"),
    Person("torch", "科技部火炬中心 · 全国", "吴", "火炬"),
    Person("torch2", "科技部火炬中心 · 全国（复核）", "郑", "复审"),
    Person("bureau", "西湖区科学技术局 · 火炬统计（审核员）", "冯", "统之"),
    Person("city", "杭州市科学技术局 · 火炬统计（审核员）", "褚", "汇之"),
    Person("operator", "系统运维", "孙", "运维"),
)


def accounts() -> list[dict[str, str]]:
    """What the sign-in page shows: label, name and password."""
    return [{"label": p.label, "username": p.username, "password": PASSWORD} for p in PEOPLE]
