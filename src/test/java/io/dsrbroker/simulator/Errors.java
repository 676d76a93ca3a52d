package io.dsrbroker.simulator;

import tools.jackson.databind.node.ObjectNode;

/** The error shapes of the upstreams. */
final class Errors {

    private Errors() {}

    static ObjectNode wrapped(String code, String message) {
        var body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return body;
    }

    /** The resource manager's own shape. */
    static Reply arm(int status, String code, String message) {
        return Reply.json(status, wrapped(code, message));
    }

    /** A resource provider's shape in its swagger. */
    static Reply provider(int status, String code, String message) {
        return Reply.json(status, Json.object().put("code", code).put("message", message));
    }

    static Reply models(int status, String code, String message) {
        var body = Json.object().put("code", code).put("statusCode", status).put("message", message);
        body.putArray("details");
        return Reply.json(status, body);
    }

    static Reply gallery(int status, String message) {
        return Reply.json(status, Json.object().put("Message", message));
    }

    /** Run history says UserError for nearly everything; what it was stands in the inner error. */
    static Reply history(int status, String innerCode, String message, String component) {
        var body = Json.object();
        var error = body.putObject("error")
                .put("code", status >= 500 ? "ServiceError" : "UserError")
                .putNull("severity")
                .put("message", message)
                .putNull("target");
        error.putArray("details");
        error.putObject("innerError").put("code", innerCode).putNull("innerError");
        error.putNull("debugInfo");
        body.putObject("correlation")
                .put("operation", Ids.uuid("operation", message))
                .put("request", "5dc2b0e2f1a7");
        body.put("environment", "eastus2")
                .put("location", "eastus2")
                .put("time", Ids.offsetTime(1))
                .put("componentName", component);
        return Reply.json(status, body).with("x-ms-response-type", "error");
    }

    static Reply storage(int status, String code, String message) {
        var xml = "\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code + "</Code><Message>" + message
                + "\nRequestId:" + Ids.uuid("storage", code) + "</Message></Error>";
        return Reply.text(status, "application/xml", xml).with("x-ms-error-code", code);
    }

    /** No such path, or a verb it does not have, in the shape of the upstream. */
    static Reply noRoute(Upstream upstream, int status) {
        var message = "No HTTP resource was found that matches the request.";
        return switch (upstream) {
            case ARM -> arm(status, status == 405 ? "MethodNotAllowed" : "InvalidResourceType", message);
            case MODEL_MANAGEMENT -> models(status, status == 405 ? "MethodNotAllowed" : "NotFound", message);
            case EXPERIMENTS -> history(status, "NotFound", message, "run-history");
            case GALLERY, LOGIN -> gallery(status, message);
            case CONTENT -> storage(status, "ResourceNotFound", message);
        };
    }

    static Reply apiVersion(Upstream upstream, String given, String known) {
        var message = "The api-version '" + given + "' is invalid. The supported versions are '" + known + "'.";
        if (upstream == Upstream.MODEL_MANAGEMENT) {
            return arm(400, "UnsupportedApiVersion", message);
        }
        return arm(400, given.isEmpty() ? "MissingApiVersionParameter" : "InvalidApiVersionParameter", message);
    }

    /** Too many requests, in the shape of the upstream. */
    static Reply throttled(Upstream upstream, long retryAfterSeconds) {
        var message =
                "Number of requests exceeded the limit. Please try again after '" + retryAfterSeconds + "' seconds";
        var reply = switch (upstream) {
            case ARM, LOGIN -> arm(429, "TooManyRequests", message);
            case MODEL_MANAGEMENT -> models(429, "TooManyRequests", message);
            case EXPERIMENTS -> history(429, "RequestThrottled", message, "run-history");
            case GALLERY -> gallery(429, message);
            case CONTENT -> storage(429, "TooManyRequests", message);
        };
        return reply.with("Retry-After", String.valueOf(retryAfterSeconds));
    }

    /** What a bearer gets that is not accepted. */
    static Reply unauthorized(TokenCheck.Verdict verdict) {
        var reply = switch (verdict) {
            case ACCEPTED -> throw new IllegalArgumentException("accepted");
            case EXPIRED -> arm(401, "ExpiredAuthenticationToken", "The access token has expired.");
            case INVALID -> arm(401, "InvalidAuthenticationToken", "The access token is missing or invalid.");
            case WRONG_AUDIENCE ->
                arm(401, "InvalidAuthenticationTokenAudience", "The access token is for another resource.");
            case WRONG_TENANT ->
                arm(401, "InvalidAuthenticationTokenTenant", "The access token is from the wrong issuer.");
        };
        return reply.with("WWW-Authenticate", challenge());
    }

    static String challenge() {
        return "Bearer authorization_uri=\"https://login.windows.net/" + Ids.uuid("tenant", "example.com")
                + "\", error=\"invalid_token\", error_description=\"The access token is not valid.\"";
    }
}
