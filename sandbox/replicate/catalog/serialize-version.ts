import type { Version } from "./model.ts";

const string = (title: string) => ({ title, type: "string" });

/**
 * The schemas that are the same in every version. At Replicate, they come from Cog, the server that runs in the container of each
 * model.
 */
const COMMON_SCHEMAS = {
  Status: {
    enum: ["starting", "processing", "succeeded", "canceled", "failed"],
    type: "string",
    title: "Status",
    description: "An enumeration.",
  },
  WebhookEvent: {
    enum: ["start", "output", "logs", "completed"],
    type: "string",
    title: "WebhookEvent",
    description: "An enumeration.",
  },
  PredictionRequest: {
    type: "object",
    title: "PredictionRequest",
    properties: {
      id: string("Id"),
      input: { $ref: "#/components/schemas/Input" },
      webhook: { ...string("Webhook"), format: "uri", maxLength: 65536, minLength: 1 },
      created_at: { ...string("Created At"), format: "date-time" },
      output_file_prefix: string("Output File Prefix"),
      webhook_events_filter: { type: "array", items: { $ref: "#/components/schemas/WebhookEvent" } },
    },
  },
  PredictionResponse: {
    type: "object",
    title: "PredictionResponse",
    properties: {
      id: string("Id"),
      logs: { ...string("Logs"), default: "" },
      error: string("Error"),
      input: { $ref: "#/components/schemas/Input" },
      output: { $ref: "#/components/schemas/Output" },
      status: { $ref: "#/components/schemas/Status" },
      metrics: { type: "object", title: "Metrics" },
      version: string("Version"),
      created_at: { ...string("Created At"), format: "date-time" },
      started_at: { ...string("Started At"), format: "date-time" },
      completed_at: { ...string("Completed At"), format: "date-time" },
    },
  },
  ValidationError: {
    type: "object",
    title: "ValidationError",
    required: ["loc", "msg", "type"],
    properties: {
      loc: { type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] }, title: "Location" },
      msg: string("Message"),
      type: string("Error Type"),
    },
  },
  HTTPValidationError: {
    type: "object",
    title: "HTTPValidationError",
    properties: {
      detail: { type: "array", items: { $ref: "#/components/schemas/ValidationError" }, title: "Detail" },
    },
  },
};

/** A version as the API returns it, with the OpenAPI document of its container. */
export function serializeVersion({ id, created_at, cog_version, schemas }: Version) {
  return {
    id,
    created_at,
    cog_version,
    openapi_schema: {
      info: { title: "Cog", version: "0.1.0" },
      openapi: "3.0.2",
      components: { schemas: { ...schemas, ...COMMON_SCHEMAS } },
    },
  };
}
