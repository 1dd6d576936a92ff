"""The notice 国科火字〔2020〕38号 as data: its head, a summary of its ten items, its hotline.

The summaries are ours, in plain words; they are not the text of the notice.
"""

import datetime

from torch_portal.notices.enums import HotlineKind, ServiceCode

DOCUMENT_NUMBER = "国科火字〔2020〕38号"
ISSUED_ON = datetime.date(2020, 2, 6)

HEAD = {
    "title": "关于疫情防控期间进一步为各类科技企业提供便利化服务的通知",
    "title_en": (
        "Notice on further facilitating services to technology enterprises of all kinds "
        "during epidemic prevention and control"
    ),
    "issued_on": ISSUED_ON,
    "issuer": "科学技术部火炬高技术产业开发中心",
    "issuer_en": "Torch High Technology Industry Development Center, "
    "Ministry of Science and Technology",
    "intro": (
        "疫情防控期间，科技企业的各项业务尽量在网上办理，少跑腿、少见面、少交纸。"
        "下面按通知的条目作简要说明；说明为本平台归纳，不是通知原文。"
    ),
    "intro_en": (
        "During the epidemic, technology enterprises get their business done online wherever "
        "possible: fewer visits, fewer meetings, less paper. Below is a short summary of each "
        "item. It is ours and not the text of the notice."
    ),
}

# service code, title, English title, summary, English summary; in the order of the notice
SECTIONS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        ServiceCode.GENERAL,
        "总体要求：优化服务方式",
        "In general: better ways to serve",
        "各地在保障安全的前提下调整、改进服务方式，支持企业便利地办理业务，帮助企业渡过难关。",
        (
            "While keeping people safe, authorities adapt how they serve, make it easy for "
            "enterprises to get things done, and help them through the difficulties."
        ),
    ),
    (
        ServiceCode.CONTRACTS,
        "技术合同认定登记“无纸化”",
        "Recognition and registration of technology contracts without paper",
        (
            "疫情防控期间，居民企业可登录全国技术合同网上登记系统在线认定登记技术合同，"
            "合同纸质文本可在疫情结束后提交。已开通分系统的省（市）一律实行“无纸化”流程："
            "在线提交并审核合同文本，全程网上办理。省级科技管理部门和登记机构尽量简化流程，"
            "以电子版或邮寄方式向居民企业提供认定登记证明。"
        ),
        (
            "During the epidemic resident enterprises may register technology contracts online in "
            "the national system; the paper text of the contract may follow after the epidemic. "
            "Provinces that run a sub-system work without paper throughout: texts are submitted and "
            "examined online. Provincial authorities and registration agencies keep the procedure "
            "simple and give resident enterprises the certificate electronically or by mail."
        ),
    ),
    (
        ServiceCode.HITECH_CERT,
        "高新技术企业认定便利化",
        "Easier certification of high-tech enterprises",
        (
            "各地利用互联网合理安排认定工作，可网上受理、邮件受理，尽量不见面办理；"
            "认定批次在全国网站公布，纸质材料可在疫情结束后补交。"
        ),
        (
            "Certification is arranged over the internet: applications are taken online or by e-mail "
            "and handled without meetings where possible. Batches are published on the national "
            "site; paper may follow after the epidemic."
        ),
    ),
    (
        ServiceCode.SME_EVAL,
        "科技型中小企业评价全程网上办理",
        "Evaluation of technology SMEs entirely online",
        "评价服务平台随时开放，全程网上办理；对填报信息作形式审查，分批公示，抽查在线上集中进行。",
        (
            "The platform is open at all times and the whole procedure is online: review of the form, "
            "publicity in batches, and a central spot check online."
        ),
    ),
    (
        ServiceCode.INCUBATORS,
        "鼓励孵化载体减免在孵企业租金",
        "Rent relief in incubators",
        "鼓励科技企业孵化器、大学科技园、众创空间对在孵企业和团队减免或缓交疫情期间的租金。",
        (
            "Technology business incubators, university science parks and makerspaces are encouraged "
            "to waive, reduce or defer the rent of their tenants during the epidemic."
        ),
    ),
    (
        ServiceCode.ZONES,
        "国家高新区主动服务企业",
        "National high-tech zones support their enterprises",
        (
            "高新区主动支持药品、器械和防护物资生产企业，掌握因疫情停产停工企业的情况，"
            "必要时依规减免税费，提供资金周转或低息、免息贷款服务；发生严重疫情时及时报送火炬中心。"
        ),
        (
            "Zones support makers of medicines, devices and protective goods, keep track of "
            "enterprises that had to stop, grant tax and fee relief under the rules where needed, "
            "offer bridging funds and loans at low or no interest, and inform the Torch Center of "
            "serious outbreaks."
        ),
    ),
    (
        ServiceCode.STATS,
        "火炬统计调查网上填报",
        "Torch statistics online",
        "火炬统计调查通过网络填报和审核，减少现场会议和纸质报送。",
        (
            "Returns of the Torch statistical survey are filed and checked online, with fewer "
            "meetings and less paper."
        ),
    ),
    (
        ServiceCode.IMPACT,
        "关注受疫情影响较大的企业",
        "Attention to enterprises hit hard",
        "及时了解受疫情影响较大的科技企业的困难和需求，帮助其解决问题。",
        (
            "The difficulties and needs of technology enterprises hit hard by the epidemic are "
            "followed closely so that help reaches them."
        ),
    ),
    (
        ServiceCode.RECOMMENDATIONS,
        "推荐疫情防控新技术、新产品、新服务",
        "Recommending new technologies, products and services",
        (
            "所在地科技管理部门和国家高新区管委会推荐可用于疫情防控的新技术、新产品、新服务，"
            "由火炬中心向有关部门提出建议。"
        ),
        (
            "Local science and technology authorities and the committees of national high-tech zones "
            "recommend what helps against the epidemic; the Torch Center proposes it to the "
            "departments concerned."
        ),
    ),
    (
        ServiceCode.CASES,
        "宣传抗击疫情先进典型",
        "Making exemplary cases known",
        "各地报送科技企业抗击疫情的先进典型，依规做好宣传报道。",
        (
            "Exemplary cases of technology enterprises in the fight against the epidemic are "
            "reported and made known under the rules."
        ),
    ),
)

# service code, Chinese name as printed, English name, kind, value, English text of a referral
HOTLINES: tuple[tuple[str, str, str, str, str, str], ...] = (
    (
        ServiceCode.CONTRACTS,
        "全国技术合同网上登记",
        "National online registration of technology contracts",
        HotlineKind.TELEPHONE,
        "010-88656337",
        "",
    ),
    (
        ServiceCode.HITECH_CERT,
        "高新技术企业认定",
        "Certification of high-tech enterprises",
        HotlineKind.TELEPHONE,
        "010-88656256",
        "",
    ),
    (
        ServiceCode.SME_EVAL,
        "科技型中小企业评价",
        "Evaluation of technology SMEs",
        HotlineKind.TELEPHONE,
        "010-88656233",
        "",
    ),
    (
        ServiceCode.INCUBATORS,
        "科技企业孵化器、大学科技园、众创空间服务",
        "Technology business incubators, university science parks and makerspaces",
        HotlineKind.TELEPHONE,
        "010-88656206",
        "",
    ),
    (
        ServiceCode.ZONES,
        "国家高新区服务",
        "National high-tech zones",
        HotlineKind.TELEPHONE,
        "010-88656197",
        "",
    ),
    (
        ServiceCode.STATS,
        "火炬统计调查",
        "Torch statistical survey",
        HotlineKind.TELEPHONE,
        "010-88656161",
        "",
    ),
    (
        ServiceCode.CASES,
        "科技企业抗击疫情先进典型宣传",
        "Exemplary cases of technology enterprises against the epidemic",
        HotlineKind.EMAIL,
        "peix@ctp.gov.cn",
        "",
    ),
    (
        ServiceCode.RECOMMENDATIONS,
        "疫情防控技术和产品推荐",
        "Recommendation of technologies and products against the epidemic",
        HotlineKind.REFERRAL,
        "请联系所在地科技管理部门、国家高新区管委会",
        (
            "Please contact your local science and technology authority or the committee of your "
            "national high-tech zone."
        ),
    ),
)
