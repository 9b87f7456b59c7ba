import { json } from "../http/responses.ts";
import type { RouteContext } from "../sandbox.ts";

export const account = { type: "user", username: "sandbox", name: "Sandbox", github_url: "https://github.com/sandbox" };

export function getAccount(): Response {
  return json(200, account);
}

/** GET /hardware. As at Replicate, the response is an array, not an object with `results` as for other lists. */
export function listHardware(): Response {
  return json(200, [
    { name: "CPU", sku: "cpu" },
    { name: "Nvidia T4 GPU", sku: "gpu-t4" },
    { name: "Nvidia A40 GPU", sku: "gpu-a40-small" },
    { name: "Nvidia A40 (Large) GPU", sku: "gpu-a40-large" },
    { name: "Nvidia L40S GPU", sku: "gpu-l40s" },
    { name: "Nvidia A100 (80GB) GPU", sku: "gpu-a100-large" },
    { name: "Nvidia H100 GPU", sku: "gpu-h100" },
  ]);
}

export function getWebhookSecret({ sandbox }: RouteContext): Response {
  return json(200, { key: sandbox.webhookSecret });
}
