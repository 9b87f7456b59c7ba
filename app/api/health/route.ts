import { json, methodNotAllowed, route } from "@/lib/http";

/** Returns 200 while this process runs, for a supervisor that restarts it. /api/health/ready checks the services. */
export const GET = route(async () => json({ status: "ok" }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
