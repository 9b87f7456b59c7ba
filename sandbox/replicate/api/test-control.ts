import { z } from "zod";
import { Rules } from "../faults/faults.ts";
import { readJson } from "../http/read-body.ts";
import { badRequest, json } from "../http/responses.ts";
import { withOrigin } from "../predictions/prediction.ts";
import type { RouteContext } from "../sandbox.ts";

/** POST /__faults: replaces all fault rules. The body `{}` removes them. */
export async function setFaults({ sandbox, request }: RouteContext): Promise<Response> {
  const parsed = Rules.safeParse(await readJson(request));
  if (!parsed.success) return badRequest(z.prettifyError(parsed.error));
  sandbox.faults.set(parsed.data);
  return json(200, sandbox.faults.list());
}

export function getFaults({ sandbox }: RouteContext): Response {
  return json(200, sandbox.faults.list());
}

/**
 * GET /__ledger: returns the requests, the webhook attempts and the accepted predictions since the ledger was last cleared. If it
 * was not cleared since the sandbox was started, the predictions from before the start are included.
 */
export function getLedger({ sandbox }: RouteContext): Response {
  const { ledger, state, origin } = sandbox;
  const requests = ledger.requests();
  const counts: Record<string, number> = {};
  for (const { route } of requests) counts[route] = (counts[route] ?? 0) + 1;
  const predictions = state.predictions.list().reverse();
  return json(200, {
    since: ledger.since(),
    counts,
    requests,
    webhooks: ledger.webhooks(),
    predictions: predictions
      .filter(({ created_at }) => created_at >= ledger.since())
      .map(({ id, kind, model, version, input, status, created_at, completed_at, output, files }) => ({
        id,
        kind,
        model,
        version,
        input,
        status,
        created_at,
        completed_at,
        output: withOrigin(output, origin),
        files: files
          .flatMap((file) => state.outputs.get(file) ?? [])
          .map(({ path, type, bytes, sha256 }) => ({ url: origin + path, type, bytes, sha256 })),
      })),
  });
}

export function clearLedger({ sandbox }: RouteContext): Response {
  sandbox.ledger.clear();
  return new Response(null, { status: 204 });
}
