import { json, methodNotAllowed, route } from "@/lib/http";

/**
 * Responds with 200 while this process runs, so that a supervisor can restart a dead one. /api/health/ready checks the services.
 */
export const GET = route(async () => json({ status: "ok" }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
