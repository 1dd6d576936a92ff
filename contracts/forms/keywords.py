"""Words under which people look for an entry of a code list that its name does not say."""

from collections.abc import Mapping

KEYWORDS: Mapping[str, Mapping[str, str]] = {
    "tech_field": {
        "electronics": "软件 算法 人工智能 芯片 通信 互联网 大数据 IT software AI",
        "aerospace": "卫星 无人机 飞机 drone satellite",
        "manufacturing": "机器人 数控 自动化 装备 robot",
        "biomedicine": "药物 疫苗 诊断 医疗器械 drug vaccine",
        "materials": "涂层 高分子 陶瓷 合金 polymer alloy",
        "energy": "锂电池 光伏 风电 储能 氢能 节能 battery solar",
        "environment": "污水 废气 固废 环保 回收 waste water",
        "nuclear": "辐照 同位素 radiation",
        "agriculture": "种子 养殖 育种 农产品 seed",
        "transport": "轨道 公路 汽车 船舶 物流 rail car",
        "urban": "建筑 市政 规划 审图 安全 消防 building",
    },
    "objective": {
        "health": "医疗 疫情 卫生 hospital",
        "industry": "制造 工业 商业 factory",
        "infrastructure": "交通 建筑 城市 road",
        "undirected": "基础研究 basic research",
        "society": "公共安全 文化 safety",
    },
    "plan_source": {"outside": "横向 企业委托 无计划", "national": "重点研发 自然科学基金 863 973"},
    "ip_kind": {
        "none": "无 没有 不涉及",
        "software": "软著",
        "technical_secret": "非专利技术 诀窍",
    },
    "subkind": {"srv_training": "培训", "dev_e": "委托", "dev_c": "合作"},
    "buyer_nature": {
        "100": "国有企业 民营企业 有限责任公司 股份公司 company",
        "020": "事业单位",
        "022": "大学 学院 高校 university",
        "010": "政府 机关 government",
        "person": "个人",
    },
}
