import { getAccount, getWebhookSecret, listHardware } from "../api/account.ts";
import { getCollection, listCollections } from "../api/collections.ts";
import { clearLedger, getFaults, getLedger, setFaults } from "../api/test-control.ts";
import { createByDeployment, createByModel, createByVersion } from "../api/create-prediction.ts";
import { deliver, preflight } from "../api/deliver-output.ts";
import * as deployments from "../api/deployments.ts";
import * as files from "../api/files.ts";
import { deliverModelFile } from "../api/model-files.ts";
import * as models from "../api/models.ts";
import * as predictions from "../api/predictions.ts";
import { search } from "../api/search.ts";
import { streamOutput } from "../api/stream-output.ts";
import type { RouteContext } from "../sandbox.ts";

type Handler = (context: RouteContext) => Response | Promise<Response>;

/**
 * Routes that need no token. The files of a model's page, below /delivery/tjzk, are public. The URLs of all other routes in this
 * table contain a secret or a signature.
 */
const publicRoutes: Record<string, Handler> = {
  "GET /delivery/tjzk/:model/:name": deliverModelFile,
  "HEAD /delivery/tjzk/:model/:name": deliverModelFile,
  "GET /delivery/:prefix/:id/:name": deliver,
  "HEAD /delivery/:prefix/:id/:name": deliver,
  "OPTIONS /delivery/:prefix/:id/:name": preflight,
  "GET /v1/streams/:token": streamOutput,
  "GET /v1/files/stream/:token": streamOutput,
  "GET /v1/files/:id/download": files.downloadFile,
};

const tokenRoutes: Record<string, Handler> = {
  "POST /v1/predictions": createByVersion,
  "GET /v1/predictions": predictions.listPredictions,
  "GET /v1/predictions/:id": predictions.getPrediction,
  "POST /v1/predictions/:id/cancel": predictions.cancelPrediction,
  "POST /v1/models/:owner/:name/predictions": createByModel,
  "POST /v1/deployments/:owner/:name/predictions": createByDeployment,

  "GET /v1/models": models.getModels,
  "QUERY /v1/models": models.queryModels,
  "POST /v1/models": models.createModel,
  "GET /v1/models/:owner/:name": models.getModel,
  "PATCH /v1/models/:owner/:name": models.updateModel,
  "DELETE /v1/models/:owner/:name": models.deleteModel,
  "GET /v1/models/:owner/:name/examples": models.listExamples,
  "GET /v1/models/:owner/:name/readme": models.getReadme,
  "GET /v1/models/:owner/:name/versions": models.listVersions,
  "GET /v1/models/:owner/:name/versions/:version": models.getVersion,
  "DELETE /v1/models/:owner/:name/versions/:version": models.deleteVersion,
  "GET /v1/search": search,
  "GET /v1/collections": listCollections,
  "GET /v1/collections/:slug": getCollection,

  "POST /v1/models/:owner/:name/versions/:version/trainings": predictions.createTraining,
  "GET /v1/trainings": predictions.listTrainings,
  "GET /v1/trainings/:id": predictions.getTraining,
  "POST /v1/trainings/:id/cancel": predictions.cancelTraining,

  "POST /v1/deployments": deployments.createDeployment,
  "GET /v1/deployments": deployments.listDeployments,
  "GET /v1/deployments/:owner/:name": deployments.getDeployment,
  "PATCH /v1/deployments/:owner/:name": deployments.updateDeployment,
  "DELETE /v1/deployments/:owner/:name": deployments.deleteDeployment,

  "POST /v1/files": files.createFile,
  "GET /v1/files": files.listFiles,
  "GET /v1/files/:id": files.getFile,
  "DELETE /v1/files/:id": files.deleteFile,

  "GET /v1/account": getAccount,
  "GET /v1/hardware": listHardware,
  "GET /v1/webhooks/default/secret": getWebhookSecret,

  "POST /__faults": setFaults,
  "GET /__faults": getFaults,
  "GET /__ledger": getLedger,
  "DELETE /__ledger": clearLedger,
};

export type Route = { name: string; method: string; path: RegExp; needsToken: boolean; handler: Handler };

function compile(table: Record<string, Handler>, needsToken: boolean): Route[] {
  return Object.entries(table).map(([name, handler]) => {
    const [method = "", pattern = ""] = name.split(" ");
    const path = new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
    return { name, method, path, needsToken, handler };
  });
}

/** All routes. If several of them match a request, the first one handles it. */
export const routes = [...compile(publicRoutes, false), ...compile(tokenRoutes, true)];
