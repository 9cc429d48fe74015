"""The error table below all vendors: words first, then types and codes, then HTTP statuses. Order is meaning.

Wordings are collected from vendors' documentation and from public issues; they are matched loosely because vendors
reword their errors without notice.
"""

from typing import Final

from statuspage.domain.words import Fault
from statuspage.vendors.rule import ErrorRule, by_status, by_text, by_type

_MODEL: Final = r"(?:model|deployment|engine|snapshot)s?"
_REFUSAL: Final = (400, 401, 403, 404, 410, 422)

TEXTS: Final[tuple[ErrorRule, ...]] = (
    by_text(
        "region_blocked",
        r"unsupported_country", r"\b(?:country|countries|region|territory|location)\b.{0,60}(?:not |un)(?:currently |yet )?(?:supported|available)",
        r"not (?:currently |yet )?(?:available|supported|offered|accessible) in (?:your|this|the) (?:country|region|location|area)",
        r"geo[- ]?(?:block|restrict|fenc)", r"所在(?:的)?(?:地区|国家)", r"(?:地区|国家|区域).{0,12}(?:不支持|限制|不可用)",
        r"不支持.{0,12}(?:地区|国家|区域)",
    ),
    by_text(
        "contract_changed",
        r"context[_ ](?:length|window)", r"maximum context", r"exceed\w* (?:the )?(?:model'?s? )?(?:model )?(?:max\w* )?(?:token|context) (?:limit|length)",
        r"(?:prompt|input|messages?|request) (?:is|are|was) too (?:long|large)", r"reduce the length", r"input.{0,20}exceeds.{0,30}tokens",
        r"上下文.{0,12}(?:长度|超|过长)", r"(?:输入|提示).{0,8}(?:过长|超长)",
        statuses=(400, 403, 413, 422, 500),
    ),
    by_text(
        "account_suspended",
        r"\b(?:account|organi[sz]ation|workspace|project|user)\b[^.]{0,70}\b(?:deactivated|disabled|banned|locked|frozen|terminated|closed|blocked)\b",
        r"\b(?:account|organi[sz]ation|workspace)\b[^.]{0,70}\bsuspended\b(?!.{0,60}(?:balance|credit|billing|quota|recharge|payment))",
        r"access (?:has been )?terminated", r"账[户号].{0,20}(?:封禁|停用|冻结|禁用|异常|被封)",
    ),
    by_text(
        "content_filtered",
        r"content[ _-]?(?:filter|management polic|moderation|polic|safety)", r"high[- ]risk", r"content exists risk",
        r"\bflagged\b", r"\bmoderat(?:ion|ed)\b", r"safety (?:system|polic|filter|reason|setting|check)", r"inappropriate content",
        r"(?:violat\w*|against)\b.{0,50}(?:usage|content|use|safety|acceptable) (?:polic|guideline)", r"sensitive (?:content|words?|information)",
        r"data[ _]?inspection", r"敏感", r"违规", r"内容安全", r"审核", r"高风险", r"不安全",
        statuses=(400, 403, 422, 451, 500),
    ),
    by_text(
        "model_retired",
        rf"\b{_MODEL}\b.{{0,120}}\b(?:has|have|was|were|is|are|been)\b.{{0,20}}\b(?:deprecated|decommissioned|retired|sunset|discontinued|shut ?down|phased out)\b",
        rf"\b{_MODEL}\b.{{0,120}}(?:no longer|not longer) (?:supported|available|offered|served|active|accessible)",
        rf"\b{_MODEL}\b.{{0,120}}\bend[- ]of[- ](?:life|service)\b", r"free (?:model |variant |period |trial )?(?:has )?ended",
        r"模型.{0,40}(?:下线|下架|停用|弃用|退役|停止服务)", r"已(?:下线|下架|弃用|退役)",
        statuses=_REFUSAL,
    ),
    by_text("not_entitled", r"quota.{0,200}\blimit: 0\b", statuses=(429,)),
    by_text(
        "daily_limit",
        r"\b(?:TPD|RPD|ASPD)\b", r"per[- ]?day", r"\bdaily\b.{0,60}(?:limit|quota|cap|request|usage|allowance)",
        r"(?:limit|quota|requests|usage|allowance)\b.{0,60}\b(?:today|daily|for the day)\b", r"(?:每[日天]|当[日天]|今[日天]|单日|日).{0,12}(?:限额|限制|额度|上限|次数|用量|配额|用完)",
        r"(?:超过|超出|达到|用完).{0,10}(?:每[日天]|当[日天]|今[日天]|单日)",
    ),
    by_text(
        "upstream_rate_limited",
        r"rate[- ]?limited upstream", r"upstream.{0,60}(?:rate[- ]?limit|too many requests|429)", r"上游.{0,12}(?:限流|频率|限速)",
        statuses=(429, 500, 502, 503, 529),
    ),
    by_text(
        "rate_limited",
        r"\b(?:RPM|TPM|RPS|QPS|QPM)\b", r"per[- ]?(?:min(?:ute)?|sec(?:ond)?)\b", r"PerMinute", r"每(?:分钟|秒)",
        statuses=(429, 503, 403, 500, 413),
    ),
    by_text(
        "engine_overloaded",
        r"overload", r"\bover[- ]?capacity\b", r"\bat (?:full |max\w* )?capacity\b", r"capacity (?:has been |is |was |temporarily )*(?:exceeded|exhausted|reached|full|constrain\w+)",
        r"(?:exceeded|insufficient|not enough|no|out of|lack of|limited) (?:available |gpu |compute |flex )*capacity", r"(?:tier|flex) capacity",
        r"\b(?:server|engine|model|service|system|cluster|backend)s?\b.{0,30}\bbusy\b", r"\btoo busy\b", r"(?:high|heavy|peak|excessive|unusual) (?:demand|load|traffic)",
        r"queue (?:is |size )?(?:full|exceeded)", r"too many pending", r"no (?:healthy |available |free |idle )+(?:worker|instance|replica|backend|gpu)s?",
        r"过载", r"超载", r"负载(?!均衡)", r"繁忙", r"拥挤", r"高峰", r"算力不足", r"资源(?:不足|紧张|耗尽)",
    ),
    by_text(
        "quota_exhausted",
        r"insufficient[_ ](?:\w+ )?(?:balance|credits?|funds?|quota)", r"\b(?:balance|credits?|funds|quota)\b.{0,50}\b(?:insufficient|exhausted|depleted|too low|used up|not enough|not sufficient|ran out|run out|negative|empty|consumed)\b",
        r"(?:not enough|no more|out of|requires? more|need more|add more|purchase (?:more )?|buy (?:more )?)\s*credits?\b", r"run out of (?:credits?|quota|balance|funds)",
        r"exceeded (?:your |the |its |this )?(?:\w+ ){0,3}quota", r"quota (?:has been |was |is |limit )*(?:exceeded|reached|exhausted)",
        r"spend(?:ing)?[ _-](?:limit|cap|budget)", r"\busage limits?\b", r"(?:billing )?hard limit", r"\bmonthly\b.{0,30}(?:limit|quota|budget|cap|allowance)",
        r"(?:credit|key|budget|token) limit (?:has been |was )?(?:exceeded|reached)", r"budget (?:has been |was )?exceeded", r"exceeded (?:\w+ )?budget",
        r"payment (?:is )?(?:required|overdue|failed)", r"billing (?:details|is not active|not active|issue|inactive|account)", r"\b(?:arrears?|arrearage|overdue|unpaid|past due)\b",
        r"\brecharge\b", r"\btop(?:ping)?[- ]?up\b", r"余额", r"欠费", r"充值", r"额度", r"配额", r"套餐.{0,12}(?:用完|用尽|到期|耗尽)", r"点数不足",
    ),
    by_text(
        "invalid_key",
        r"\b(?:invalid|incorrect|wrong|bad|malformed|missing|expired|revoked|unknown|no)\b[ _-](?:\w+ ){0,2}(?:api[-_ ]?key|credentials?|authentication|authorization|proxy server token|auth\b)",
        r"api[-_ ]?key\b.{0,50}\b(?:invalid|incorrect|expired|revoked|disabled|not valid|not found|missing|does not exist|deleted|required|not provided|leaked|wrong)\b",
        r"did(?:n't| not) provide an? (?:\w+ )?key", r"authentication (?:failed|error|fails|failure|unsuccessful|required)", r"invalid[ _]authentication", r"not authenticated", r"\bunauthenticated\b",
        r"无效的?.{0,6}(?:令牌|密钥|api|key)", r"(?:令牌|密钥|api ?key).{0,12}(?:无效|错误|过期|失效|不正确|不存在|已禁用)", r"鉴权", r"认证失败", r"身份验证",
        statuses=(400, 401, 403, 500),
    ),
    by_text(
        "invalid_key",
        r"\bunauthori[sz]ed\b", r"user not found", r"\btoken\b.{0,40}\b(?:invalid|expired|revoked|incorrect)\b", r"\b(?:invalid|expired|incorrect) (?:\w+ )?token\b",
        statuses=(401,),
    ),
    by_text(
        "model_unknown",
        r"(?:does not|doesn't|do not) exist,? or you", r"\bnot found\b.{0,80}\bor permission denied\b", r"not found, inaccessible",
        statuses=_REFUSAL,
    ),
    by_text(
        "not_entitled",
        rf"(?:not|n't) have (?:the )?(?:permission|access|rights?)[^.]{{0,60}}\b{_MODEL}\b", rf"\b(?:no|without) access to[^.]{{0,30}}\b{_MODEL}\b",
        rf"\bnot (?:allowed|permitted|authori[sz]ed|entitled|enabled)\b[^.]{{0,60}}\b{_MODEL}\b", r"can only access models?",
        rf"\b{_MODEL}\b[^.]{{0,80}}(?:not (?:enabled|included|available|authori[sz]ed|permitted|allowed) (?:for|in|on|to|with|under) (?:your|this|the current)|requires? (?:an? )?(?:\w+ ){{0,2}}(?:plan|tier|subscription|verification|top-?up|membership))",
        r"(?:upgrade|change) your (?:\w+ )?(?:plan|tier|subscription|membership)", r"must be verified", r"verify (?:your )?organi[sz]ation", r"not entitled", r"permission denied.{0,40}\bmodel\b",
        r"模型.{0,20}(?:权限|未开通|未授权|无权)", r"(?:无权|没有权限|未开通|无法).{0,16}(?:访问|使用|调用)?.{0,8}模型", r"未开通",
        statuses=(400, 401, 403, 404),
    ),
    by_text(
        "forbidden",
        r"\bip\b.{0,60}(?:not (?:allowed|whitelisted|authori[sz]ed|in)|denied|blocked|restricted)", r"(?:allow|white)[- ]?list", r"白名单",
        r"(?:insufficient|missing|lacks?) (?:the )?(?:required )?(?:permissions?|scopes?)",
        statuses=(401, 403),
    ),
    by_text(
        "wrong_base_url",
        r"invalid url \(", r"unknown request url", r"url\.not_found", r"no (?:such )?route", r"route not found", r"cannot (?:post|get) /", r"no static resource", r"404 page not found",
        r"unknown (?:endpoint|path|url)", r"(?:endpoint|path|url|resource) (?:was )?not found on", r"^\W*not found\W*$", r"没找到对象", r"method not allowed",
        statuses=(400, 404, 405),
    ),
    by_text("server_error", r"no available channels?", r"无可用渠道", r"no endpoints? (?:found|available)", statuses=(404, 500, 503), fault=Fault.ROUTER),
    by_text(
        "model_unknown",
        rf"\b{_MODEL}\b.{{0,120}}(?:not (?:be )?(?:found|exist|available|recogni[sz]ed|registered|loaded|valid|deployed)|(?:does|do)(?:n't| not) exist|is (?:unknown|invalid|unavailable))",
        rf"(?:not found|unknown|invalid|no such|non-?existent|unrecogni[sz]ed|could(?:n't| not) find|can(?:not|'t) find)\b[^.]{{0,20}}\b(?:the |requested )?{_MODEL}\b",
        r"unable to access model", r"model[_ ]name.{0,40}(?:invalid|not)", r"模型.{0,60}(?:不存在|未找到|无效|不支持)", r"(?:无效|未知|不存在|找不到|不支持).{0,8}模型",
        statuses=_REFUSAL,
    ),
    by_text(
        "parameter_rejected",
        r"invalid (?:temperature|top_p|n\b|max_\w+|value|parameter|argument|thinking|tool_choice|type)", r"(?:unsupported|unrecogni[sz]ed|unknown|unexpected|extra|invalid) (?:request )?(?:parameter|argument|field|value|keyword|propert)",
        r"only \S+ is allowed", r"extra inputs are not permitted", r"is (?:not supported|deprecated) (?:for|with|by|on) this model", r"must be (?:less|greater|at least|at most|one of|between|a |an )",
        r"expected a value", r"incompatible with", r"below minimum", r"failed to deserialize", r"validation error", r"field required", r"参数.{0,16}(?:错误|无效|不支持|不合法|有误)", r"无效.{0,4}参数",
        statuses=(400, 422),
    ),
    by_text(
        "rate_limited",
        r"rate[- _]?limit", r"too many (?:concurrent )?requests", r"throttl", r"\bconcurren(?:t|cy)\b", r"request(?:s|ing)? too (?:frequent|fast|quick|often)\w*",
        r"request frequency", r"retry limit", r"限流", r"限速", r"频率", r"频繁", r"速率", r"并发", r"请求(?:过多|太多|过快)",
        statuses=(403, 429, 500, 502, 503, 529),
    ),
    by_text(
        "maintenance",
        r"(?:under|scheduled|planned|undergoing|down for|for|in|system|ongoing) maintenance", r"maintenance (?:mode|window|in progress|break)", r"(?:系统|停机|升级|例行|正在)维护", r"维护中",
        statuses=(500, 502, 503),
    ),
    by_text("gateway_timeout", r"\btim(?:ed?|e)[- ]?out\b", r"deadline exceeded", r"超时", statuses=(500, 502, 503, 504, 524, 598, 599)),
    by_text(
        "server_error",
        r"internal (?:server )?(?:error|exception|failure)", r"server had an error", r"invalid state transition", r"something went wrong", r"unexpected (?:error|output)", r"内部错误", r"服务(?:器)?(?:异常|错误|出错)",
        statuses=(500, 501),
    ),
)  # fmt: skip

TYPES: Final[tuple[ErrorRule, ...]] = (
    by_type("region_blocked", "unsupported_country_region_territory", "region_restricted", "country_not_supported"),
    by_type("model_retired", "model_deprecated", "model_decommissioned", "model_retired", "model_sunset", "model_discontinued"),
    by_type("contract_changed", "context_length_exceeded", "request_too_large", "context_window_exceeded"),
    by_type(
        "content_filtered",
        "content_filter", "content_filtered", "content_policy_violation", "contentfilter", "responsibleaipolicyviolation", "data_inspection_failed", "datainspectionfailed",
        "moderation_blocked", "sensitive_words_detected", "safety",
    ),
    by_type("account_suspended", "account_deactivated", "account_suspended", "account_disabled", "access_terminated_error", "access_terminated"),
    by_type(
        "quota_exhausted",
        "insufficient_quota", "exceeded_current_quota_error", "exceeded_current_quota", "insufficient_balance", "insufficient_user_quota", "insufficient_credits", "insufficient_funds",
        "credit_balance_exhausted", "organization_spend_limit_exceeded", "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "enforced_spend_limit_reached",
        "billing_hard_limit_reached", "billing_not_active", "quota_exceeded", "budget_exceeded", "arrearage", "payment_required", "billing_error", "credits_exhausted", "pre_consume_token_quota_failed",
    ),
    by_type("daily_limit", "daily_limit_exceeded", "daily_limit", "tokens_per_day", "requests_per_day"),
    by_type(
        "engine_overloaded",
        "engine_overloaded_error", "engine_overloaded", "server_is_overloaded", "overloaded_error", "overloaded", "slow_down", "server_overloaded", "model_overloaded", "provider_overloaded",
        "capacity_exceeded", "capacity_exhausted", "over_capacity", "server_busy", "modelnotreadyexception", "system_busy", "flex_capacity_exceeded",
    ),
    by_type("engine_overloaded", "unavailable", statuses=(503, 529), broad=True),
    by_type(
        "rate_limited",
        "rate_limit_exceeded", "rate_limit_error", "rate_limit_reached_error", "rate_limit_reached", "rate_limited", "ratelimit", "too_many_requests", "throttling", "throttlingexception",
        "concurrency_limit_exceeded",
    ),
    by_type("rate_limited", "resource_exhausted", "requests", "tokens", "limit_requests", statuses=(429,), broad=True),
    by_type(
        "invalid_key",
        "invalid_api_key", "incorrect_api_key_error", "incorrect_api_key", "invalid_authentication_error", "authentication_error", "authentication", "unauthenticated", "unauthorized", "api_key_invalid",
        "invalid_token", "token_expired", "expired_api_key", "invalid_key", "auth_error", "invalidapikey",
    ),
    by_type("not_entitled", "model_access_denied", "key_model_access_denied", "team_model_access_denied", "model_terms_required", "model_not_allowed"),
    by_type("not_entitled", "model_not_found", statuses=(403,), broad=True),
    by_type("wrong_base_url", "unknown_url", "url.not_found", "invalid_url", "route_not_found"),
    by_type(
        "model_unknown",
        "model_not_found", "resource_not_found_error", "not_found_error", "not_found", "notfounderror", "invalid_model", "unknown_model", "model_not_exist", "modelnotfound", "deploymentnotfound",
        statuses=_REFUSAL, broad=True,
    ),
    by_type("forbidden", "permission_denied_error", "permission_error", "permission_denied", "forbidden", "access_denied", statuses=(401, 403), broad=True),
    by_type(
        "parameter_rejected",
        "unsupported_parameter", "unknown_parameter", "unsupported_value", "invalid_parameter", "invalid_parameter_error", "extra_forbidden", "integer_below_min_value", "invalid_value",
        "literal_error", "value_error", "invalidparameter",
        statuses=(400, 422),
    ),
    by_type(
        "parameter_rejected",
        "invalid_request_error", "invalid_argument", "bad_request", "badrequesterror", "bad_request_error", "missing", "invalid_request",
        statuses=(400, 422), broad=True,
    ),
    by_type("maintenance", "maintenance", "under_maintenance"),
    by_type("bad_gateway", "server_unavailable", "service_unavailable", "bad_gateway", "provider_unavailable", "model_unavailable_upstream", broad=True),
    by_type("gateway_timeout", "gateway_timeout", "timeout", "timeout_error", "deadline_exceeded", broad=True),
    by_type("server_error", "server_error", "internal_error", "internal_server_error", "api_error", "internal", "unexpected_output", broad=True),
)  # fmt: skip

STATUSES: Final[tuple[ErrorRule, ...]] = (
    by_status("invalid_key", 401),
    by_status("payment_required", 402),
    by_status("forbidden", 403),
    by_status("model_unknown", 404, 410),
    by_status("wrong_base_url", 405),
    by_status("proxy_failure", 407),
    by_status("server_error", 408, 409, 421, 424, 425, 500, 501, 505, 506, 507, 508, 510, 511),
    by_status("account_suspended", 412),
    by_status("contract_changed", 413),
    by_status("parameter_rejected", 422),
    by_status("rate_limited", 429),
    by_status("region_blocked", 451),
    by_status("engine_overloaded", 498, 529),
    by_status("unclassified", 499, fault=Fault.MONITOR),
    by_status("bad_gateway", 502, 503, 520, 521, 522, 523, 525, 526, 527, 530),
    by_status("gateway_timeout", 504, 524, 598, 599),
)

GENERIC: Final = (*TEXTS, *TYPES, *STATUSES)
