import { json, methodNotAllowed, route } from "@/lib/http";
import { getReadiness } from "@/lib/ops/readiness";

/** Responds with 200 if images can be generated and saved, otherwise with 503. */
export const GET = route(async () => {
  const readiness = await getReadiness();
  return json(readiness, { status: readiness.status === "ready" ? 200 : 503 });
});

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
