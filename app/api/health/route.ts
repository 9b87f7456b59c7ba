import { json, methodNotAllowed, route } from "@/lib/http";

/**
 * Returns 200 as long as this process runs. A supervisor can then restart a dead process. /api/health/ready checks the services.
 */
export const GET = route(async () => json({ status: "ok" }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
