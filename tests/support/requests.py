"""Notice requests as a backend service would write them."""

import datetime
import itertools
import json
import pathlib
import re
import uuid
import zoneinfo

ROOT = pathlib.Path(__file__).resolve().parents[2]
USER_AGREEMENT = "flashduty-user-agreement"
SERVICE_AGREEMENT = "flashcat-product-service-agreement"
SHANGHAI = zoneinfo.ZoneInfo("Asia/Shanghai")

_numbers = itertools.count(1)


def in_days(days):
    """A calendar date that many days from today in the agreements' zone."""
    return (datetime.datetime.now(SHANGHAI).date() + datetime.timedelta(days=days)).isoformat()


def request(agreement, kind, variables, **changes):
    """A request; keyword arguments replace members, None removes one, `recipient` is merged."""
    number = next(_numbers)
    body = {
        "id": f"req-{number}-{uuid.uuid4().hex[:8]}",
        "source": "billing",
        "agreement": agreement,
        "kind": kind,
        "account_id": f"acct-{number}",
        "recipient": {"name": "Zhang Wei", "locale": "en", "email": f"user{number}@customer.example"},
        "variables": variables,
    }
    body["recipient"].update(changes.pop("recipient", {}))
    body["recipient"] = {key: value for key, value in body["recipient"].items() if value is not None}
    body.update(changes)
    return {key: value for key, value in body.items() if value is not None}


def terms_change(**changes):
    variables = {
        "agreement_name": "FlashDuty User Agreement",
        "summary": "Clause 5.4 now names the account to which frozen funds are refunded.",
        "url": "https://www.example.com/agreement/2026-12",
    }
    return request(changes.pop("agreement", USER_AGREEMENT), "terms_change", variables, **changes)


def progress(to, locale="zh-CN", **changes):
    """A notice that goes out by SMS alone."""
    variables = {
        "service_name": changes.pop("service_name", "工单 42"),
        "progress": changes.pop("progress", "已受理"),
        "next_step": "请补充材料",
        "url": "https://www.example.com/tickets/42",
    }
    recipient = {"name": "张伟", "locale": locale, "email": None, "phone": to}
    return request(USER_AGREEMENT, "service_progress", variables, recipient=recipient, **changes)


def event(body, **changes):
    """The CloudEvents 1.0 structured event around a request."""
    envelope = {
        "specversion": "1.0",
        "type": "duenotice.notice.requested.v1",
        "id": body["id"],
        "source": body["source"],
        "time": datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": body,
    }
    envelope.update(changes)
    return envelope


def sample(name, **changes):
    """A request of gateway/samples with its dates filled in and an id of its own."""
    text = (ROOT / "gateway/samples" / f"{name}.json").read_text()
    body = json.loads(re.sub(r"TODAY\+(\d+)", lambda match: in_days(int(match[1])), text))
    body["id"] = f"{body['id']}-{uuid.uuid4().hex[:8]}"
    body["recipient"] = {**body["recipient"], **changes.pop("recipient", {})}
    body["recipient"] = {key: value for key, value in body["recipient"].items() if value is not None}
    body.update(changes)
    return {key: value for key, value in body.items() if value is not None}
