"""What recommendations, cases and the hotline are held to, with the sources."""

from dataclasses import dataclass
from datetime import date

from outreach.enums import Goods


@dataclass(frozen=True)
class Category:
    """A category of recommendations. certified: its products need a certificate."""

    code: str
    title_zh: str
    certified: bool = False


@dataclass(frozen=True)
class RecommendationTerms:
    """What recommendations are held to from a day on.

    days: days of the month on which they are sent; where a month has no such day, its last one.
    summary: most characters. claims: words of efficacy that need a certificate.
    """

    code: str
    starts: date
    source: str
    categories: tuple[Category, ...]
    groups: tuple[str, ...]
    regulated: frozenset[Goods]
    days: tuple[int, ...]
    summary: int
    claims: tuple[str, ...]
    unconfirmed: tuple[str, ...]


RECOMMENDATIONS = RecommendationTerms(
    code="REC-2020",
    starts=date(2020, 2, 6),
    source="国科办便区〔2020〕7号",
    categories=(
        Category("EP-1", "疫情防控类：检测试剂、药品与相关技术服务", certified=True),
        Category("EP-2", "疫情防控类：疫情监测分析与信息服务"),
        Category("EP-3", "疫情防控类：医疗服务与保障"),
        Category("RW", "复工复产类"),
        Category("LV", "民生保障类"),
        Category("IN", "产业发展类"),
    ),
    groups=(
        "诊疗", "日常医疗", "医院建设", "体温检测与监测", "疫情防控", "安全防护与消毒灭菌",
        "物资配送", "企业复工复产", "社区管理与服务",
    ),
    regulated=frozenset({Goods.DRUG, Goods.REAGENT, Goods.DEVICE, Goods.DISINFECTANT}),
    days=(10, 20, 30),
    summary=500,
    claims=("治愈", "根治", "100%有效", "百分之百有效", "特效", "包治", "药到病除"),
    unconfirmed=(
        "汇总表的栏目未见，待确认",
        "10日、20日、30日报送见于山东省通知",
        "疗效用语表为平台设定",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class CaseTerms:
    """What exemplary cases are held to; numbers of characters."""

    code: str
    starts: date
    source: str
    title: int
    least: int
    most: int
    unconfirmed: tuple[str, ...]


CASES = CaseTerms(
    code="CASE-2020",
    starts=date(2020, 2, 6),
    source="国科火字〔2020〕38号 第十条",
    title=40,
    least=300,
    most=1500,
    unconfirmed=("1500字见于盐城市2020年征集通知；300字、标题40字为平台设定",),
)

# As the hotline table of the notice is kept; a number in Beijing has eight digits.
TELEPHONE = r"^(0\d{2,3}-)?\d{7,8}(-\d{1,6})?$"
TELEPHONE_BEIJING = r"^010-\d{8}(-\d{1,6})?$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"
# The unit whose entry answers where no nearer one has its own.
TORCH = "torch"
HOTLINE_SOURCE = "国科火字〔2020〕38号 附热线电话"
