"""A certificate's content for the tests: an ordinary one, and one with the longest values."""

CONTENT = {
    "title": "技术合同认定登记证明",
    "number": "2020420106000123",
    "filing_number": "JSHT-2020-000123",
    "project_name": "基于深度学习的城市轨道交通智能调度系统研制",
    "kind": "技术开发合同",
    "subkind": "委托开发合同",
    "seller": "武汉某某轨道交通科技有限公司",
    "seller_code": "91420100MA4KXXXX7N",
    "seller_region": "湖北省武汉市洪山区",
    "buyer": "某某市地铁集团有限公司",
    "buyer_region": "广东省深圳市",
    "signed_on": "2020年2月18日",
    "term": "2020年3月1日至2021年12月31日",
    "total_yuan": "5,230,000.00",
    "total_capital": "人民币伍佰贰拾叁万元整",
    "technical_yuan": "4,870,000.00",
    "technical_capital": "人民币肆佰捌拾柒万元整",
    "ip_kind": "计算机软件著作权",
    "field": "电子信息技术 › 软件 › 应用软件",
    "agency": "武汉市技术合同登记处（东湖高新区）",
    "registrar": "张三",
    "issued_on": "2020年3月6日",
    "verify_url": "https://portal.example/verify/?n=2020420106000123&c=K7QF-2M9D-XW4T",
    "verify_code": "K7QF-2M9D-XW4T",
    "rule_set": "《技术合同认定规则》（国科发政字〔2001〕253号）及国科火字〔2020〕38号",
    "version": "1",
    "supersedes": "",
    "status_line": "本证明状态以核验页为准。",
    "tax_note": "本证明不等同于免税决定。",
    "sample": True,
}

SENTENCE = (
    "基于国产化算力平台的面向复杂地质条件超长距离深埋隧道全断面掘进机智能感知与协同控制关键技术研究"
    "及其在城市地下空间综合开发利用与既有线路安全保护中的示范应用系统研制项目第二期暨配套标准制定"
)
CAPITAL = "人民币玖仟捌佰柒拾陆亿伍仟肆佰叁拾贰万壹仟零玖拾捌元柒角陆分"

LONGEST = CONTENT | {
    "project_name": (SENTENCE * 2)[:120],
    "seller": ("武汉东湖新技术开发区轨道交通智能装备研究院有限责任公司（Wuhan Rail Ltd.）" * 4)[
        :120
    ],
    "buyer": ("某某市轨道交通建设运营投资发展有限责任公司及某某省铁路综合开发集团联合体" * 4)[:120],
    "kind": "技术许可合同（含专利实施许可）",
    "subkind": "计算机软件著作权专有许可及集成电路布图设计专有权实施许可合同",
    "seller_region": "新疆维吾尔自治区克孜勒苏柯尔克孜自治州阿合奇县",
    "buyer_region": "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗尼尔基镇",
    "term": "自合同生效之日起至2021年12月31日止，质保期另计二十四个月",
    "ip_kind": "技术秘密、专利申请权、计算机软件著作权、集成电路布图设计",
    "field": "先进制造技术 › 先进制造工艺与装备 › 大型、关键零部件及特种加工技术 › 掘进装备",
    "total_yuan": "987,654,321,098.76",
    "total_capital": CAPITAL,
    "technical_yuan": "987,654,321,098.76",
    "technical_capital": CAPITAL,
    "agency": "新疆生产建设兵团第八师石河子市高新技术产业开发区技术合同认定登记处",
    "registrar": "阿卜杜热合曼·阿卜杜克里木江",
    "supersedes": "2020420106000099 v1",
    "sample": False,
}
