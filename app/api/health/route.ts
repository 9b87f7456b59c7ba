import { json, methodNotAllowed, route } from "@/lib/http";

/** Whether this process lives, whatever else does not. For whoever restarts it; what works is told by /api/health/ready. */
export const GET = route(async () => json({ status: "ok" }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
