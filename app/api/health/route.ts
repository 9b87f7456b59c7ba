import { json, methodNotAllowed, route } from "@/lib/http";

/** 200 while this process runs, for a supervisor that restarts it. /api/health/ready says whether images can be made. */
export const GET = route(async () => json({ status: "ok" }));

export const { OPTIONS, POST, PUT, PATCH, DELETE } = methodNotAllowed("GET", "HEAD");
