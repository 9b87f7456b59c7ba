import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";
import { webhookSecret } from "@/lib/api-v1/webhooks/sign-webhook";

/** Returns the secret with which the caller verifies the webhooks that this app sends. */
export const GET = apiRoute("read", async (_request, { id }) => apiJson({ key: webhookSecret(id) }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
