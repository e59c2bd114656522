#pragma once
#include "channels/http_client.hpp"

namespace duenotice::channels {

/// What the end of a `sendsms` request means: the whole outcome table in one pure function.
///
/// | answer | outcome | code | |
/// |---|---|---|---|
/// | 202 `0: Accepted for delivery`, `3: Queued for later delivery` | relayed | `202` | it is in Kannel's
/// store | | 400 | permanent failure | `400` | it does not like this message | | 403 `Not routable. Do not
/// try again.` | permanent failure | `not_routable` | no carrier for this number | | 401, 403, 404 |
/// transient failure | `403` | our login, address or path is wrong: the configuration | | 503 | transient
/// failure | `503` | it is full, or its bearerbox is away | | any other complete answer | unknown | `200`,
/// `500` | | | none | see `report_without_answer` | `connect_failed`, `timeout_reply`, … | |
///
/// All but a permanent failure say nothing about this message: `provider_fault`.
OutcomeReport kannel_report_of(const HttpFacts& facts);

}  // namespace duenotice::channels
