import { json, methodNotAllowed, route } from "@/lib/http";

/**
 * Responds with 200 while this process runs. A supervisor can restart a process that does not respond. The database and the other
 * services are checked by /api/health/ready, not here.
 */
export const GET = route(async () => json({ status: "ok" }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
