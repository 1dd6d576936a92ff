"""What the clock starts, and when; what each task does: docs/operations.md, Beat."""

from datetime import timedelta

from celery.schedules import crontab

BEAT = {
    "desk: sign of life": {
        "task": "torch_portal.desk.tasks.beat_heart",
        "schedule": timedelta(minutes=1),
    },
    "desk: sweep batches": {
        "task": "torch_portal.desk.tasks.sweep_batches",
        "schedule": timedelta(minutes=1),
    },
    "reports: queue exports left lying": {
        "task": "torch_portal.reports.tasks.sweep_exports",
        "schedule": timedelta(minutes=1),
    },
    "certificates: queue what is not rendered": {
        "task": "torch_portal.certificates.tasks.retry_unrendered",
        "schedule": timedelta(seconds=30),
    },
    "certificates: queue receipts and notices": {
        "task": "torch_portal.certificates.tasks.retry_documents",
        "schedule": timedelta(minutes=1),
    },
    "notices: queue what is not sent": {
        "task": "torch_portal.notices.tasks.retry_unsent",
        "schedule": timedelta(minutes=1),
    },
    "filings: tell webhooks": {
        "task": "torch_portal.filings.tasks.sweep_webhooks",
        "schedule": timedelta(seconds=15),
    },
    "filings: forget old answers": {
        "task": "torch_portal.filings.tasks.forget_old_answers",
        "schedule": crontab(minute=10, hour=3),
    },
    "filings: ask the registry again": {
        "task": "torch_portal.filings.tasks.retry_lookups",
        "schedule": timedelta(minutes=1),
    },
    "desk: sign the day": {
        "task": "torch_portal.desk.tasks.make_digests",
        "schedule": crontab(minute=30, hour=2),
    },
    "desk: forget by rule": {
        "task": "torch_portal.desk.tasks.forget_by_rule",
        "schedule": crontab(minute=40, hour=3),
    },
    "desk: expire proposals": {
        "task": "torch_portal.desk.tasks.expire_proposals",
        "schedule": crontab(minute=5),
    },
    "papers: remind": {
        "task": "torch_portal.papers.tasks.remind",
        "schedule": crontab(minute=0, hour=9),
    },
    "contracts: flag overdue reviews": {
        "task": "contracts.tasks.flag_overdue_reviews",
        "schedule": crontab(minute=30, hour=8),
    },
    "contracts: flag overdue matters": {
        "task": "contracts.tasks.flag_overdue_matters",
        "schedule": crontab(minute=35, hour=8),
    },
    "contracts: queue tables left lying": {
        "task": "contracts.tasks.sweep_imports",
        "schedule": timedelta(minutes=1),
    },
    "contracts: queue files of lists": {
        "task": "contracts.tasks.retry_lists",
        "schedule": timedelta(minutes=1),
    },
    "filings: flag late replies": {
        "task": "torch_portal.filings.tasks.flag_late_replies",
        "schedule": crontab(minute=40, hour=8),
    },
    "reports: count the dashboard": {
        "task": "torch_portal.reports.tables.tasks.recount",
        "schedule": timedelta(minutes=10),
    },
    "reports: make the archives of the month": {
        "task": "torch_portal.reports.tasks.make_archives",
        "schedule": crontab(minute=20, hour=4),
    },
    "reports: send the regular ones": {
        "task": "torch_portal.reports.tables.tasks.send_reports",
        "schedule": crontab(minute=0, hour=7),
    },
    "sme_eval: go on with lists": {
        "task": "sme_eval.tasks.carry_lists",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},  # while one works on a long list, the others do not pile up
    },
    "sme_eval: flag overdue forms": {
        "task": "sme_eval.tasks.flag_overdue_forms",
        "schedule": crontab(minute=32, hour=8),
    },
    "hitech_cert: flag overdue checks": {
        "task": "hitech_cert.tasks.flag_overdue_checks",
        "schedule": crontab(minute=34, hour=8),
    },
    "hitech_cert: remind enterprises": {
        "task": "hitech_cert.tasks.remind_enterprises",
        "schedule": crontab(minute=14, hour=9),
    },
    "contracts: remind enterprises": {
        "task": "contracts.tasks.remind_enterprises",
        "schedule": crontab(minute=10, hour=9),
    },
    "sme_eval: remind enterprises": {
        "task": "sme_eval.tasks.remind_enterprises",
        "schedule": crontab(minute=12, hour=9),
    },
    "stats: remind of overdue questions": {
        "task": "stats.tasks.remind_overdue_questions",
        "schedule": crontab(minute=36, hour=8),
    },
    "hitech_cert: go on with lists": {
        "task": "hitech_cert.tasks.carry_lists",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    "hitech_cert: expire certificates": {
        "task": "hitech_cert.tasks.expire_certificates",
        "schedule": crontab(minute=5, hour=1),
    },
    "hitech_cert: open cases of missing reports": {
        "task": "hitech_cert.tasks.open_report_cases",
        "schedule": crontab(minute=25, hour=8),
    },
    "hitech_cert: remind certified enterprises": {
        "task": "hitech_cert.tasks.remind_certified",
        "schedule": crontab(minute=18, hour=9),
    },
    "hitech_cert: go on with draws": {
        "task": "hitech_cert.tasks.carry_draws",
        "schedule": timedelta(seconds=10),
        "options": {"expires": 10},  # while one draws a whole batch, the others do not pile up
    },
    "hitech_cert: remind experts": {
        "task": "hitech_cert.tasks.remind_experts",
        "schedule": crontab(minute=16, hour=9),
    },
    "stats: count rounds": {
        "task": "stats.tasks.count_rounds",
        "schedule": crontab(minute=40, hour=2),
    },
    "stats: tell the levels above": {
        "task": "stats.tasks.tell_levels_above",
        "schedule": crontab(minute=50, hour=7),
    },
    "stats: remind respondents": {
        "task": "stats.tasks.remind_respondents",
        "schedule": crontab(minute=20, hour=9),
    },
}
