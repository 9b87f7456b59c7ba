import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Scope } from "@/lib/keys/schema";
import { SDXL } from "../../support/api-v1";
import type { AppRequest } from "./send-request";

/** The scope that a key needs. `signed`: everyone who has a signed URL may send the request, without a key. */
type Needs = Scope | "signed";
export type ApiV1Request = AppRequest & { route: string; needs: Needs };
/** Ids of a user's prediction and file. */
type Ids = { prediction: string; file: string };

/** What each route of `/api/v1` needs. Each new route must be added here. */
const NEEDS: Record<string, Needs> = {
  "GET /account": "read",
  "GET /collections": "read",
  "GET /collections/[slug]": "read",
  "GET /deployments": "read",
  "POST /deployments": "manage",
  "GET /files": "read",
  "POST /files": "predict",
  "GET /files/[id]": "read",
  "DELETE /files/[id]": "manage",
  "GET /files/[id]/download": "signed",
  "GET /hardware": "read",
  "GET /models": "read",
  "POST /models": "manage",
  "GET /models/[owner]/[name]": "read",
  "PATCH /models/[owner]/[name]": "manage",
  "DELETE /models/[owner]/[name]": "manage",
  "GET /models/[owner]/[name]/examples": "read",
  "POST /models/[owner]/[name]/predictions": "predict",
  "GET /models/[owner]/[name]/readme": "read",
  "GET /models/[owner]/[name]/versions": "read",
  "GET /models/[owner]/[name]/versions/[version]": "read",
  "DELETE /models/[owner]/[name]/versions/[version]": "manage",
  "POST /models/[owner]/[name]/versions/[version]/trainings": "predict",
  "GET /outputs/[id]/[position]/[name]": "signed",
  "GET /predictions": "read",
  "POST /predictions": "predict",
  "GET /predictions/[id]": "read",
  "POST /predictions/[id]/cancel": "predict",
  "GET /search": "read",
  "GET /streams/[id]": "signed",
  "GET /trainings": "read",
  "GET /webhooks/default/secret": "read",
};
/** This request has no route file. `proxy.ts` responds to it, because Next's route handlers do not support the method QUERY. */
const QUERY = "QUERY /models";

/** Returns the names of the routes, as in `NEEDS`, that the files in `app/api/v1` define. */
export function listRoutesOfApp(): string[] {
  const root = join(import.meta.dirname, "../../../app/api/v1");
  return globSync("**/route.ts", { cwd: root })
    .filter((file) => !file.includes("[[..."))
    .flatMap((file) => {
      const exports = readFileSync(join(root, file), "utf8").matchAll(
        /^export (?:const (GET|POST|PUT|PATCH|DELETE)\b|\{ (.*) \};)/gm,
      );
      return [...exports]
        .flatMap(([, one, several = ""]) => one ?? [...several.matchAll(/as (\w+)/g)].map(([, name]) => name))
        .map((method) => `${method} /${dirname(file)}`);
    })
    .toSorted();
}

export const listRoutes = () => Object.keys(NEEDS).toSorted();

/**
 * Returns a request to each route of `/api/v1`. The bodies are not valid, so that a POST or PATCH changes nothing, whoever
 * sends it. The exception is the route `cancel`, which ignores its body.
 */
export function listApiV1Requests(ids: Ids): ApiV1Request[] {
  return Object.entries({ ...NEEDS, [QUERY]: "read" as const }).map(([route, needs]) => {
    const [method = "", path = ""] = route.split(" ");
    const hasBody = method === "POST" || method === "PATCH";
    return {
      route,
      needs,
      method,
      path: `/api/v1${fill(path, ids)}`,
      ...(hasBody && { headers: { "content-type": "application/json" }, body: "{}" }),
      ...(method === "QUERY" && { headers: { "content-type": "text/plain" }, body: "upscale" }),
    };
  });
}

/** Whether a request names a prediction or a file of a user. */
export const isOwned = ({ route }: ApiV1Request) => route.includes("[id]");

function fill(path: string, { prediction, file }: Ids): string {
  const values: Record<string, string> = {
    "[id]": path.startsWith("/files") ? file : prediction,
    "[position]": "0",
    "[name]": path.startsWith("/outputs") ? "out-0.png" : "sdxl",
    "[owner]": "stability-ai",
    "[version]": SDXL,
    "[slug]": "super-resolution",
  };
  const filled = path.replaceAll(/\[\w+\]/g, (name) => values[name] ?? name);
  return path === "/search" ? `${filled}?query=upscale` : filled;
}
