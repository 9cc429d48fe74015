"""Errors in the shapes vendors send them, each with the class it means; no key, id or address in it is real."""

import json
from typing import Any, NamedTuple

from statuspage.vendors.evidence import Where


class Case(NamedTuple):
    vendor: str
    row: str
    status: int | None
    body: str
    class_name: str
    fault: str
    headers: dict[str, str] = {}
    where: Where = Where.STATUS
    confident: bool = True


def _error(message: str, type_: str | None = None, code: Any = None, **more: Any) -> str:
    error: dict[str, Any] = {"message": message, **more}
    if type_ is not None:
        error["type"] = type_
    if code is not None:
        error["code"] = code
    return json.dumps({"error": error}, ensure_ascii=False)


def _claude(message: str, type_: str, **details: Any) -> str:
    error: dict[str, Any] = {"type": type_, "message": message}
    if details:
        error["details"] = details
    return json.dumps({"type": "error", "error": error, "request_id": "req_011"})


def _router(message: str, code: int, **metadata: Any) -> str:
    return json.dumps({"error": {"message": message, "code": code, "metadata": metadata}, "user_id": "user_2x"})


GATEWAY_HTML = "<html>\r\n<head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr>nginx</body></html>"
CHALLENGE_HTML = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
HTML_404 = "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>"
SUSPENDED = "Your account org-0123456789abcdef<ak-aaaabbbbccccdddd> is suspended due to insufficient balance, please recharge your account"

MOONSHOT = [
    Case("moonshot", "21", 429, _error("The engine is currently overloaded, please try again later", "engine_overloaded_error"),
         "engine_overloaded", "provider"),
    Case("moonshot", "21 type alone", 429, _error("", "engine_overloaded_error"), "engine_overloaded", "provider"),
    Case("moonshot", "22", 429, _error("You exceeded your current token quota: <org-aaaabbbbcccc> 1500000, please check your account balance",
         "exceeded_current_quota_error"), "quota_exhausted", "account"),
    Case("moonshot", "22 suspended", 429, _error(SUSPENDED, "exceeded_current_quota_error"), "quota_exhausted", "account"),
    Case("moonshot", "22 plan", 429, _error("Your account org-0123456789abcdef<ak-aaaabbbbccccdddd> is suspended, please check your plan and billing details",
         "exceeded_current_quota_error"), "quota_exhausted", "account"),
    Case("moonshot", "22 type alone", 429, _error("no.", "exceeded_current_quota_error"), "quota_exhausted", "account"),
    Case("moonshot", "23 concurrency", 429, _error("Your account org-0123<ak-0123> request reached organization max concurrency: 1, please try again after 1 seconds",
         "rate_limit_reached_error"), "rate_limited", "account"),
    Case("moonshot", "23 rpm", 429, _error("Your account org-0123<ak-0123> request reached organization max RPM: 3, please try again after 12 seconds",
         "rate_limit_reached_error"), "rate_limited", "account"),
    Case("moonshot", "23 tpm", 429, _error("Your account org-0123<ak-0123> request reached TPM rate limit, current:500100, limit:500000",
         "rate_limit_reached_error"), "rate_limited", "account"),
    Case("moonshot", "24", 429, _error("Your account org-0123<ak-0123> request reached organization TPD rate limit, current:1500016, limit:1500000",
         "rate_limit_reached_error"), "daily_limit", "account"),
    Case("moonshot", "39", 401, _error("Incorrect API key provided", "incorrect_api_key_error"), "invalid_key", "account"),
    Case("moonshot", "39 auth", 401, _error("Invalid Authentication", "invalid_authentication_error"), "invalid_key", "account"),
    Case("moonshot", "43", 403, _error("Your IP is not allowed to access this resource", "permission_denied_error"), "forbidden", "account"),
    Case("moonshot", "43 balance", 403, _error("Insufficient balance, please top up", "permission_denied_error"), "quota_exhausted", "account"),
    Case("moonshot", "45", 404, _error("Not found the model kimi-k9 or Permission denied", "resource_not_found_error"), "model_unknown", "client"),
    Case("moonshot", "48", 404, '{"code":5,"error":"url.not_found","message":"没找到对象","method":"POST","scode":"0x5","status":false}',
         "wrong_base_url", "client"),
    Case("moonshot", "49", 400, _error("invalid temperature: only 1 is allowed for this model", "invalid_request_error"), "parameter_rejected", "monitor"),
    Case("moonshot", "51", 400, _error("The request was rejected because it was considered high risk", "content_filter"), "content_filtered", "provider"),
    Case("moonshot", "53", 400, _error("Invalid request: Your request exceeded model token limit: 8192", "invalid_request_error"), "contract_changed", "provider"),
    Case("moonshot", "54", 499, _error("client closed request", "client_closed_request"), "unclassified", "monitor", confident=False),
    Case("moonshot", "55", 500, _error("invalid state transition", "server_error"), "server_error", "provider"),
    Case("moonshot", "55 output", 500, _error("unexpected output", "unexpected_output"), "server_error", "provider"),
    Case("moonshot", "56", 503, _error("the server is not available", "server_unavailable"), "bad_gateway", "provider"),
    Case("moonshot", "57", 504, "<html><body><h1>504 Gateway Time-out</h1></body></html>", "gateway_timeout", "provider"),
    Case("moonshot", "60", 500, _error("You exceeded your current quota, please check your balance", "server_error"), "quota_exhausted", "account",
         confident=False),
    Case("moonshot", "disagree", 429, _error("Your account is suspended due to insufficient balance", "engine_overloaded_error"), "quota_exhausted",
         "account", confident=False),
    Case("moonshot-cn", "21 zh", 429, _error("当前引擎过载，请稍后重试", "engine_overloaded_error"), "engine_overloaded", "provider"),
    Case("moonshot-cn", "22 zh", 429, _error("您的账户余额不足，请充值后重试"), "quota_exhausted", "account"),
    Case("moonshot-cn", "23 zh", 429, _error("请求过于频繁，已触发限流"), "rate_limited", "account"),
    Case("kimi-code", "43 membership", 403, _error("Your membership does not include this model", "permission_denied_error"), "not_entitled", "account"),
    Case("kimi-code", "33", 402, _error("Your subscription has expired", "billing"), "payment_required", "account"),
    Case("kimi-code", "22", 429, _error("You've reached your usage limit for this billing cycle. It resets next week."), "quota_exhausted", "account"),
]  # fmt: skip

OPENAI = [
    Case("openai", "25", 429, _error("Rate limit reached for gpt-5 in organization org-abcdefghijkl on requests per min (RPM): Limit 3, Used 3, Requested 1. "
         "Please try again in 20s. Visit https://platform.openai.com/account/rate-limits to learn more. You can increase your rate limit by adding a payment "
         "method to your account at https://platform.openai.com/account/billing.", "requests", "rate_limit_exceeded"), "rate_limited", "account"),
    Case("openai", "24", 429, _error("Rate limit reached for gpt-5 in organization org-abc on requests per day (RPD): Limit 200, Used 200, Requested 1.",
         "requests", "rate_limit_exceeded"), "daily_limit", "account"),
    Case("openai", "26", 429, _error("You exceeded your current quota, please check your plan and billing details.", "insufficient_quota", "insufficient_quota"),
         "quota_exhausted", "account"),
    Case("openai", "26 credit", 429, _error("No more.", "insufficient_quota", "credit_balance_exhausted"), "quota_exhausted", "account"),
    Case("openai", "26 project", 429, _error("This project has reached its spend limit.", "insufficient_quota", "project_spend_limit_exceeded"), "quota_exhausted",
         "account"),
    Case("openai", "27", 503, _error("The server is currently overloaded with other requests.", "server_error", "server_is_overloaded"), "engine_overloaded", "provider"),
    Case("openai", "27 slow down", 429, _error("Please slow down: a sudden increase in your request rate is impacting reliability.", "slow_down", "slow_down"),
         "engine_overloaded", "provider"),
    Case("openai", "39", 401, _error("Incorrect API key provided: sk-proj-****abcd. You can find your API key at https://platform.openai.com/account/api-keys.",
         "invalid_request_error", "invalid_api_key"), "invalid_key", "account"),
    Case("openai", "34", 401, _error("The OpenAI account associated with this API key has been deactivated.", "invalid_request_error", "account_deactivated"),
         "account_suspended", "account"),
    Case("openai", "43 region", 403, _error("Country, region, or territory not supported", "request_forbidden", "unsupported_country_region_territory"), "region_blocked",
         "account"),
    Case("openai", "47", 403, _error("Project `proj_abcdef` does not have access to model `gpt-9`", "invalid_request_error", "model_not_found"), "not_entitled", "account"),
    Case("openai", "45", 404, _error("The model `gpt-9` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"), "model_unknown", "client"),
    Case("openai", "46", 404, _error("The model `gpt-4-32k` has been deprecated, learn more here", "invalid_request_error", "model_not_found"), "model_retired", "provider"),
    Case("openai", "48", 404, _error("Invalid URL (POST /v2/chat/completions)", "invalid_request_error"), "wrong_base_url", "client"),
    Case("openai", "49", 400, _error("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", "invalid_request_error",
         "unsupported_parameter", param="max_tokens"), "parameter_rejected", "monitor"),
    Case("openai", "53", 400, _error("This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.", "invalid_request_error",
         "context_length_exceeded", param="messages"), "contract_changed", "provider"),
    Case("openai", "51", 400, _error("Invalid prompt: your prompt was flagged as potentially violating our usage policy.", "invalid_request_error", "invalid_prompt"),
         "content_filtered", "provider"),
    Case("openai", "55", 500, _error("The server had an error while processing your request. Sorry about that!", "server_error"), "server_error", "provider"),
    Case("openai", "52 timeout", 408, _error("Request timed out", "timeout"), "server_error", "provider"),
    Case("openai", "52 conflict", 409, _error("Conflict"), "server_error", "provider"),
    Case("openai", "52 early", 425, "", "server_error", "provider"),
]  # fmt: skip

ANTHROPIC = [
    Case("anthropic", "28", 529, _claude("Overloaded", "overloaded_error"), "engine_overloaded", "provider"),
    Case("anthropic", "28 stream", None, _claude("Overloaded", "overloaded_error"), "engine_overloaded", "provider", where=Where.STREAM),
    Case("anthropic", "29", 429, _claude("Your organization has reached its monthly spend limit.", "rate_limit_error", error_code="enforced_spend_limit_reached"),
         "quota_exhausted", "account"),
    Case("anthropic", "29 code alone", 429, _claude("Not now.", "rate_limit_error", error_code="enforced_spend_limit_reached"), "quota_exhausted", "account"),
    Case("anthropic", "29 credit", 400, _claude("Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
         "invalid_request_error"), "quota_exhausted", "account"),
    Case("anthropic", "29 usage", 400, _claude("You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.", "invalid_request_error"),
         "quota_exhausted", "account"),
    Case("anthropic", "25", 429, _claude("This request would exceed your organization's rate limit of 50,000 input tokens per minute.", "rate_limit_error"),
         "rate_limited", "account"),
    Case("anthropic", "24", 429, _claude("Number of request tokens has exceeded your daily rate limit", "rate_limit_error"), "daily_limit", "account"),
    Case("anthropic", "33", 402, _claude("There is an issue with your billing.", "billing_error"), "payment_required", "account"),
    Case("anthropic", "39", 401, _claude("invalid x-api-key", "authentication_error"), "invalid_key", "account"),
    Case("anthropic", "43", 403, _claude("Your API key does not have permission to use the specified resource.", "permission_error"), "forbidden", "account"),
    Case("anthropic", "34", 403, _claude("This organization has been disabled.", "permission_error"), "account_suspended", "account"),
    Case("anthropic", "45", 404, _claude("model: claude-zeta-9", "not_found_error"), "model_unknown", "client"),
    Case("anthropic", "48", 404, _claude("Not Found", "not_found_error"), "wrong_base_url", "client"),
    Case("anthropic", "53", 413, _claude("Request exceeds the maximum allowed number of bytes.", "request_too_large"), "contract_changed", "provider"),
    Case("anthropic", "53 prompt", 400, _claude("prompt is too long: 210000 tokens > 200000 maximum", "invalid_request_error"), "contract_changed", "provider"),
    Case("anthropic", "55", 500, _claude("Internal server error", "api_error"), "server_error", "provider"),
    Case("anthropic", "49", 400, _claude("max_tokens: 16 > 8, which is the maximum allowed number of output tokens", "invalid_request_error"), "parameter_rejected", "monitor"),
    Case("anthropic", "49 temperature", 400, _claude("`temperature` is deprecated for this model.", "invalid_request_error"), "parameter_rejected", "monitor"),
    Case("anthropic-compatible", "39 openai body", 401, _error("Invalid Authentication", "invalid_authentication_error"), "invalid_key", "account"),
    Case("anthropic-compatible", "21", 429, _error("The engine is currently overloaded, please try again later", "engine_overloaded_error"), "engine_overloaded", "provider"),
]  # fmt: skip

OPENROUTER = [
    Case("openrouter", "33", 402, _router("This request requires more credits, or fewer max_tokens. You requested up to 16 tokens, but can only afford 3.", 402),
         "payment_required", "account"),
    Case("openrouter", "37", 402, _router("In-flight budget exhausted", 402, error_type="in_flight_budget_exhausted"), "payment_required", "account",
         {"retry-after": "4"}),
    Case("openrouter", "35", 429, _router("Provider returned error", 429, provider_name="Moonshot AI", raw=_error(SUSPENDED, "exceeded_current_quota_error")),
         "router_account_exhausted", "router"),
    Case("openrouter", "35 text", 429, _router("Provider returned error", 429, provider_name="Moonshot AI", raw=SUSPENDED), "router_account_exhausted", "router"),
    Case("openrouter", "35 402", 402, _router("Provider returned error", 402, provider_name="DeepSeek", raw=_error("Insufficient Balance", "unknown_error", "invalid_request_error")),
         "router_account_exhausted", "router"),
    Case("openrouter", "36", 429, _router("Provider returned error", 429, provider_name="Chutes",
         raw="moonshotai/kimi-k2.6 is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits"),
         "upstream_rate_limited", "router"),
    Case("openrouter", "36 tpm", 429, _router("Provider returned error", 429, provider_name="Groq", raw=_error("Rate limit reached on tokens per minute (TPM)", "tokens", "rate_limit_exceeded")),
         "upstream_rate_limited", "router"),
    Case("openrouter", "36 unsaid", 429, _router("Provider returned error", 429, provider_name="Novita"), "upstream_rate_limited", "router"),
    Case("openrouter", "21 upstream", 429, _router("Provider returned error", 429, provider_name="Moonshot AI",
         raw=_error("The engine is currently overloaded, please try again later", "engine_overloaded_error")), "engine_overloaded", "provider"),
    Case("openrouter", "own key", 429, _router("Provider returned error", 429, provider_name="Moonshot AI", is_byok=True,
         raw=_error("You exceeded your current token quota", "exceeded_current_quota_error")), "quota_exhausted", "account"),
    Case("openrouter", "38", 429, _router("Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day", 429,
         headers={"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0"}), "daily_limit", "account"),
    Case("openrouter", "23", 429, _router("Rate limit exceeded: free-models-per-min.", 429), "rate_limited", "account"),
    Case("openrouter", "39", 401, _router("No auth credentials found", 401), "invalid_key", "account"),
    Case("openrouter", "39 user", 401, _router("User not found.", 401), "invalid_key", "account"),
    Case("openrouter", "22 key", 403, _router("Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys", 403), "quota_exhausted", "account"),
    Case("openrouter", "51", 403, _router("moonshotai/kimi-k3 requires moderation on Novita. Your input was flagged for \"harassment\".", 403, reasons=["harassment"],
         provider_name="Novita"), "content_filtered", "provider"),
    Case("openrouter", "45", 400, _router("moonshotai/kimi-k9 is not a valid model ID", 400), "model_unknown", "client"),
    Case("openrouter", "45 code", 404, json.dumps({"error": {"message": "Gone.", "code": 404, "metadata": {"error_type": "not_found",
         "availability": {"code": "model_not_found"}}}}), "model_unknown", "client"),
    Case("openrouter", "46", 404, json.dumps({"error": {"message": "Choose another.", "code": 404, "metadata": {"availability": {"code": "model_deprecated"}}}}),
         "model_retired", "provider"),
    Case("openrouter", "no endpoints", 404, _router("No endpoints found for moonshotai/kimi-k2.6.", 404), "server_error", "router"),
    Case("openrouter", "no endpoints code", 503, json.dumps({"error": {"message": "-", "code": 503, "metadata": {"availability": {"code": "no_endpoints"}}}}),
         "server_error", "router"),
    Case("openrouter", "43 policy", 404, _router("No endpoints found matching your data policy (Free model publication).", 404), "forbidden", "account"),
    Case("openrouter", "56", 502, _router("Provider returned error", 502, provider_name="Novita", raw="<html>502</html>"), "bad_gateway", "provider"),
    Case("openrouter", "56 unavailable", 502, _router("Oh no.", 502, error_type="provider_unavailable"), "bad_gateway", "provider"),
    Case("openrouter", "57", 524, _router("Edge timeout", 524), "gateway_timeout", "provider"),
    Case("openrouter", "28", 529, _router("Provider overloaded", 529, error_type="provider_overloaded"), "engine_overloaded", "provider"),
    Case("openrouter", "43 region", 403, json.dumps({"error": {"message": "-", "code": 403, "metadata": {"availability": {"code": "region_restricted"}}}}),
         "region_blocked", "account"),
    Case("openrouter", "61 in 200", None, _router("Provider returned error", 502, provider_name="Novita"), "bad_gateway", "provider", where=Where.BODY),
    Case("openrouter", "62 in stream", None, _router("Provider disconnected unexpectedly", 500), "server_error", "provider", where=Where.STREAM),
    Case("openrouter", "capacity", 503, json.dumps({"error": {"message": "-", "code": 503, "metadata": {"availability": {"code": "capacity_exhausted", "retryable": True,
         "retry_after": 7}}}}), "engine_overloaded", "provider"),
]  # fmt: skip

OTHERS = [
    Case("together", "30", 503, _error("Service unavailable", "service_unavailable"), "engine_overloaded", "provider"),
    Case("together", "30 words", 503, _error("The server is overloaded or not ready yet.", "server_error"), "engine_overloaded", "provider"),
    Case("together", "31", 429, _error("You have reached the rate limit specific to this model moonshotai/Kimi-K3. The maximum rate limit for this model is 6 queries per minute.",
         "model_rate_limit"), "rate_limited", "account"),
    Case("together", "33", 402, _error("You have reached your spending limit. Please add a payment method.", "spend_limit"), "payment_required", "account"),
    Case("together", "53", 403, _error("Input token count + max_tokens is too many tokens for this model", "invalid_request_error"), "contract_changed", "provider"),
    Case("together", "45", 404, _error("Unable to access model foo/bar. Please visit https://api.together.ai/models to view the list of supported models.",
         "invalid_request_error", "model_not_available"), "model_unknown", "client"),
    Case("together", "39", 401, _error("Invalid API key provided. You can find your API key at https://api.together.xyz/settings/api-keys.", "invalid_request_error", "invalid_api_key"),
         "invalid_key", "account"),
    Case("groq", "32", 498, _error("Flex tier capacity exceeded, try again later", "capacity_exceeded"), "engine_overloaded", "provider"),
    Case("groq", "24", 429, _error("Rate limit reached for model `k` in organization `org_01abcdef` service tier `on_demand` on tokens per day (TPD): Limit 100000, Used 99990, "
         "Requested 20. Please try again in 7m12.5s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing", "tokens", "rate_limit_exceeded"),
         "daily_limit", "account"),
    Case("groq", "25", 429, _error("Rate limit reached for model `k` in organization `org_01abcdef` on requests per minute (RPM): Limit 30, Used 30, Requested 1. "
         "Please try again in 1.9s.", "requests", "rate_limit_exceeded"), "rate_limited", "account", {"retry-after": "2"}),
    Case("groq", "46", 400, _error("The model `kimi-k2-instruct` has been decommissioned and is no longer supported. Please refer to the docs.", "invalid_request_error",
         "model_decommissioned"), "model_retired", "provider"),
    Case("groq", "45", 404, _error("The model `x` does not exist or you do not have access to it.", "invalid_request_error", "model_not_found"), "model_unknown", "client"),
    Case("groq", "48", 404, _error("Unknown request URL: POST /openai/v9/chat/completions. Please check the URL for typos", "invalid_request_error", "unknown_url"),
         "wrong_base_url", "client"),
    Case("groq", "56", 503, _error("Service Unavailable", "internal_server_error"), "server_error", "provider"),
    Case("groq", "27", 503, _error("k is currently over capacity. Please try again and back off exponentially.", "internal_server_error"), "engine_overloaded", "provider"),
    Case("groq", "54", 499, _error("Request cancelled"), "unclassified", "monitor", confident=False),
    Case("groq", "424", 424, _error("Failed dependency"), "server_error", "provider"),
    Case("deepseek", "33", 402, _error("Insufficient Balance", "unknown_error", "invalid_request_error"), "payment_required", "account"),
    Case("deepseek", "39", 401, _error("Authentication Fails, Your api key: ****abcd is invalid", "authentication_error", "invalid_request_error"), "invalid_key", "account"),
    Case("deepseek", "45", 400, _error("Model Not Exist", "invalid_request_error", "invalid_request_error"), "model_unknown", "client"),
    Case("deepseek", "51", 400, _error("Content Exists Risk", "invalid_request_error"), "content_filtered", "provider"),
    Case("deepseek", "49", 422, _error("Failed to deserialize the JSON body into the target type: messages[0]: missing field", "invalid_request_error"), "parameter_rejected", "monitor"),
    Case("deepseek", "27", 503, _error("Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.", "service_unavailable_error"),
         "engine_overloaded", "provider"),
    Case("deepseek", "23", 429, _error("Rate limit reached. Please pace your requests.", "rate_limit"), "rate_limited", "account"),
    Case("fireworks", "34", 412, _error("Account foo is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.", "error", "PRECONDITION_FAILED"),
         "account_suspended", "account"),
    Case("fireworks", "34 bare", 412, '{"error":"precondition failed"}', "account_suspended", "account"),
    Case("fireworks", "45", 404, _error("Model not found, inaccessible, and/or not deployed", "error", "NOT_FOUND"), "model_unknown", "client"),
    Case("fireworks", "39", 403, _error("The API key you provided is invalid.", "error", "FORBIDDEN"), "invalid_key", "account"),
    Case("openai-compatible", "gemini minute", 429, json.dumps([{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
         "message": "You exceeded your current quota, please check your plan and billing details.", "details": [
             {"violations": [{"quotaId": "GenerateRequestsPerMinutePerProjectPerModel-FreeTier"}]}, {"retryDelay": "34s"}]}}]), "rate_limited", "account"),
    Case("openai-compatible", "gemini day", 429, json.dumps([{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "You exceeded your current quota.", "details": [
             {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}]), "daily_limit", "account"),
    Case("openai-compatible", "gemini none", 429, json.dumps([{"error": {"code": 429, "status": "RESOURCE_EXHAUSTED",
         "message": "Quota exceeded for metric: generate_content_free_tier_requests, limit: 0"}}]), "not_entitled", "account"),
    Case("openai-compatible", "gemini busy", 503, json.dumps([{"error": {"code": 503, "status": "UNAVAILABLE", "message": "Please try again later."}}]), "engine_overloaded", "provider"),
    Case("openai-compatible", "gemini key", 400, json.dumps([{"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "API key not valid. Please pass a valid API key.",
         "details": [{"reason": "API_KEY_INVALID"}]}}]), "invalid_key", "account"),
    Case("openai-compatible", "gemini place", 400, json.dumps({"error": {"code": 400, "status": "FAILED_PRECONDITION", "message": "User location is not supported for the API use."}}),
         "region_blocked", "account"),
    Case("openai-compatible", "litellm model", 400, _error("/chat/completions: Invalid model name passed in model=foo. Call `/v1/models` to view available models for your key.",
         "None", "400"), "model_unknown", "client"),
    Case("openai-compatible", "litellm key", 401, _error("Authentication Error, Invalid proxy server token passed. Received API Key = sk-...abcd", "token_not_found_in_db", "401"),
         "invalid_key", "account"),
    Case("openai-compatible", "litellm budget", 400, _error("Budget has been exceeded! Current cost: 0.2, Max budget: 0.1", "budget_exceeded", "400"), "quota_exhausted", "account"),
    Case("openai-compatible", "litellm rate", 429, _error("litellm.RateLimitError: RateLimitError: OpenAIException - this is a mock rate limit error", "throttling_error", "429"),
         "rate_limited", "account"),
    Case("openai-compatible", "litellm inside", 500, _error("litellm.InternalServerError: InternalServerError: OpenAIException - Connection error.", None, "500"),
         "server_error", "provider"),
    Case("openai-compatible", "litellm not allowed", 403, _error("key not allowed to access model. This key can only access models=['a']. Tried to access b", "key_model_access_denied", "403"),
         "not_entitled", "account"),
    Case("openai-compatible", "new-api quota", 403, _error("用户额度不足, 剩余额度: ＄0.000000 (request id: 20261120)", "new_api_error", "insufficient_user_quota"), "quota_exhausted", "account"),
    Case("openai-compatible", "new-api channel", 503, _error("当前分组 default 下对于模型 kimi-k3 无可用渠道", "new_api_error", "model_not_found"), "server_error", "router"),
    Case("openai-compatible", "new-api busy", 429, _error("当前分组上游负载已饱和，请稍后再试", "upstream_error"), "engine_overloaded", "provider"),
    Case("openai-compatible", "new-api key", 401, _error("无效的令牌", "new_api_error"), "invalid_key", "account"),
    Case("openai-compatible", "one-api arrears", 429, _error("账户已欠费，请及时充值"), "quota_exhausted", "account"),
    Case("openai-compatible", "zh daily", 429, _error("您今日的免费次数已用完"), "daily_limit", "account"),
    Case("openai-compatible", "zh model", 404, _error("模型 foo 不存在"), "model_unknown", "client"),
    Case("openai-compatible", "zh retired", 404, _error("模型 foo 已下线，请更换"), "model_retired", "provider"),
    Case("openai-compatible", "zh risk", 400, _error("系统检测到输入或生成内容可能包含不安全或敏感内容"), "content_filtered", "provider"),
    Case("openai-compatible", "zh busy", 500, _error("系统繁忙，请稍后重试"), "engine_overloaded", "provider"),
    Case("openai-compatible", "siliconflow", 403, '{"code":30001,"message":"Sorry, your account balance is insufficient","data":null}', "quota_exhausted", "account"),
    Case("openai-compatible", "siliconflow rate", 429, '{"message":"Request was rejected due to rate limiting. Details: TPM limit reached.","data":null}', "rate_limited", "account"),
    Case("openai-compatible", "minimax in 200", None, '{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}', "quota_exhausted", "account", where=Where.BODY),
    Case("openai-compatible", "fastapi", 404, '{"detail":"Not Found"}', "wrong_base_url", "client"),
    Case("openai-compatible", "fastapi 422", 422, '{"detail":[{"loc":["body","max_tokens"],"msg":"extra fields not permitted","type":"extra_forbidden"}]}', "parameter_rejected", "monitor"),
    Case("openai-compatible", "flask", 404, HTML_404, "wrong_base_url", "client", {"content-type": "text/html"}),
    Case("openai-compatible", "go", 404, "404 page not found", "wrong_base_url", "client"),
    Case("openai-compatible", "vllm", 404, '{"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","param":null,"code":404}', "model_unknown", "client"),
    Case("openai-compatible", "405", 405, '{"detail":"Method Not Allowed"}', "wrong_base_url", "client"),
    Case("openai-compatible", "502 html", 502, GATEWAY_HTML, "bad_gateway", "provider", {"content-type": "text/html"}),
    Case("openai-compatible", "503 text", 503, "upstream connect error or disconnect/reset before headers", "bad_gateway", "provider"),
    Case("openai-compatible", "envoy", 503, "no healthy upstream", "bad_gateway", "provider"),
    Case("openai-compatible", "cloudflare 521", 521, "<html><title>521: Web server is down</title></html>", "bad_gateway", "provider"),
    Case("openai-compatible", "cloudflare 524", 524, "<html><title>524: A timeout occurred</title></html>", "gateway_timeout", "provider"),
    Case("openai-compatible", "504 json", 504, '{"message":"Endpoint request timed out"}', "gateway_timeout", "provider"),
    Case("openai-compatible", "44 html", 403, "<html><body>Forbidden</body></html>", "waf_blocked", "monitor", {"content-type": "text/html"}),
    Case("openai-compatible", "44 challenge", 503, CHALLENGE_HTML, "waf_blocked", "monitor"),
    Case("openai-compatible", "44 header", 403, "", "waf_blocked", "monitor", {"cf-mitigated": "challenge"}),
    Case("openai-compatible", "44 code", 403, "error code: 1020", "waf_blocked", "monitor"),
    Case("openai-compatible", "44 aliyun", 405, "<html><img src='//errors.aliyun.com/images/x.png'></html>", "waf_blocked", "monitor"),
    Case("openai-compatible", "43 bare", 403, "", "forbidden", "account"),
    Case("openai-compatible", "11", 407, "<html>Proxy Authentication Required</html>", "proxy_failure", "monitor"),
    Case("openai-compatible", "59 permanent", 301, "", "moved", "provider", {"location": "https://new.example/v1"}),
    Case("openai-compatible", "59 keep method", 308, GATEWAY_HTML, "moved", "provider"),
    Case("openai-compatible", "58", 503, _error("The service is under maintenance, back at 12:00 UTC"), "maintenance", "provider"),
    Case("openai-compatible", "429 bare", 429, "", "rate_limited", "account"),
    Case("openai-compatible", "402 bare", 402, "", "payment_required", "account"),
    Case("openai-compatible", "500 bare", 500, "", "server_error", "provider"),
    Case("openai-compatible", "unknown 4xx", 418, '{"error":"short and stout"}', "unclassified", "monitor", confident=False),
    Case("openai-compatible", "unknown 5xx", 555, '{"error":"what"}', "unclassified", "provider", confident=False),
    Case("openai-compatible", "61 unknown", None, '{"error":{"message":"boom"}}', "error_in_body", "provider", where=Where.BODY),
    Case("openai-compatible", "62 unknown", None, '{"error":{"message":"boom"}}', "error_in_stream", "provider", where=Where.STREAM),
    Case("openai-compatible", "62 rate", None, _error("Rate limit exceeded, please slow down"), "rate_limited", "account", where=Where.STREAM),
    Case("openai-compatible", "mistral", 429, '{"object":"error","message":"Service tier capacity exceeded for this model.","type":"service_tier_capacity_exceeded","code":"3505"}',
         "engine_overloaded", "provider"),
    Case("openai-compatible", "azure filter", 400, _error("The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", None, "content_filter",
         innererror={"code": "ResponsibleAIPolicyViolation"}), "content_filtered", "provider"),
    Case("openai-compatible", "dashscope arrears", 400, _error("Access denied, please make sure your account is in good standing.", "Arrearage", "Arrearage"), "quota_exhausted", "account"),
    Case("openai-compatible", "llama.cpp key", 401, _error("Invalid API Key", "authentication_error", 401), "invalid_key", "account"),
    Case("openai-compatible", "llama.cpp loading", 503, _error("Loading model", "unavailable_error", 503), "bad_gateway", "provider"),
    Case("openai-compatible", "bedrock", 429, '{"message":"Too many requests, please wait before trying again.","__type":"ThrottlingException"}', "rate_limited", "account"),
    Case("openai-compatible", "cohere trial", 429, '{"message":"You are using a Trial key, which is limited to 10 API calls / minute."}', "rate_limited", "account"),
]  # fmt: skip

CASES = [*MOONSHOT, *OPENAI, *ANTHROPIC, *OPENROUTER, *OTHERS]
