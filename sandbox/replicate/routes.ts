import { createByDeployment, createByModel, createByVersion } from "./create.ts";
import { deliver, preflight } from "./delivery.ts";
import { cancelPrediction, getPrediction, listPredictions } from "./predictions.ts";
import type { Call } from "./sandbox.ts";

type Handler = (call: Call) => Response | Promise<Response>;

/** Every route, the first match first. `open` ones need no token: their path is the capability. */
const table: Record<string, Handler> = {
  "POST /v1/predictions": createByVersion,
  "GET /v1/predictions": listPredictions,
  "GET /v1/predictions/:id": getPrediction,
  "POST /v1/predictions/:id/cancel": cancelPrediction,
  "POST /v1/models/:owner/:name/predictions": createByModel,
  "POST /v1/deployments/:owner/:name/predictions": createByDeployment,
};

const open: Record<string, Handler> = {
  "GET /delivery/:prefix/:id/:name": deliver,
  "HEAD /delivery/:prefix/:id/:name": deliver,
  "OPTIONS /delivery/:prefix/:id/:name": preflight,
};

export type Route = { name: string; method: string; path: RegExp; needsToken: boolean; handler: Handler };

function compile(routes: Record<string, Handler>, needsToken: boolean): Route[] {
  return Object.entries(routes).map(([name, handler]) => {
    const [method = "", pattern = ""] = name.split(" ");
    return { name, method, path: new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`), needsToken, handler };
  });
}

export const routes = [...compile(open, false), ...compile(table, true)];
