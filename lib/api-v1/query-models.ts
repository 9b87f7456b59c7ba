import "server-only";
import { readText } from "@/lib/http";
import { isVisible } from "@/lib/models/visibility";
import { lookUp } from "./look-up";
import { toPage } from "./list-page";
import { CURSOR, readQuery } from "./read-query";
import { apiJson, apiRoute } from "./route-wrappers";

/** The largest body of a search (bytes). */
const MAX_BYTES = 4096;

/**
 * Handles `QUERY /api/v1/models`: a search for models by the words in the body. proxy.ts calls this, because Next's route
 * handlers do not support the method QUERY.
 */
export const queryModels = apiRoute("read", async (request, caller) => {
  const words = toWords(await readText(request, MAX_BYTES));
  const body = await lookUp(caller, { path: ["models"], params: readQuery(request, { cursor: CURSOR }), words });
  return apiJson(toPage(request, body, isVisible));
});

/**
 * Returns the words to search for. Replicate's client sends them as a JSON string, with quotes. Other clients send plain text.
 */
function toWords(body: string): string {
  const text = body.trim();
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "string" ? json : text;
  } catch {
    return text;
  }
}
