import type { AppRequest } from "./send-request";

const json = { "content-type": "application/json" };

/** Returns a request to each endpoint of the API that needs a signed-in user. */
export function listEndpoints({ prediction, image }: { prediction: string; image: string }): AppRequest[] {
  const body = (value: object) => ({ headers: json, body: JSON.stringify(value) });
  return [
    { path: "/api/replicate" },
    { path: "/api/replicate?status=active" },
    { path: "/api/usage" },
    { path: "/api/media" },
    { path: `/api/media/zip?ids=${image}` },
    { path: `/api/media/${image}/lineage` },
    { path: `/api/replicate/${prediction}` },
    { path: "/api/replicate", method: "POST", ...body({ input: { prompt: "not mine to make" } }) },
    { path: "/api/words", method: "POST", ...body({ task: "improve", prompt: "not mine to make" }) },
    { path: "/api/words", method: "POST", ...body({ task: "transcribe", upload: prediction }) },
    { path: "/api/chat", method: "POST", ...body({ prompt: "not mine to make" }) },
    { path: `/api/replicate/${prediction}`, method: "DELETE" },
    { path: `/api/replicate/${prediction}/save`, method: "POST" },
    { path: `/api/media/${image}`, method: "PATCH", ...body({ favorite: true }) },
    { path: `/api/media/${image}`, method: "PATCH", ...body({ alt: "not mine to say" }) },
    { path: `/api/media/${image}`, method: "DELETE" },
    { path: `/api/media/${image}?undo=10`, method: "DELETE" },
    { path: "/api/media", method: "DELETE", ...body({ ids: [image] }) },
    { path: `/api/media/${image}/share`, method: "POST" },
    { path: `/api/media/${image}/share`, method: "DELETE" },
    { path: `/api/media/${image}/restore`, method: "POST" },
    {
      path: `/api/media/${image}/poster`,
      method: "PUT",
      headers: { "content-type": "image/jpeg" },
      body: "not an image",
    },
    { path: "/api/uploads", method: "POST", headers: { "content-type": "image/png" }, body: "not an image" },
    { path: "/api/media/restore", method: "POST", ...body({ ids: [image] }) },
    { path: "/api/uploads" },
    { path: `/api/uploads/${image}`, method: "DELETE" },
    { path: "/api/uploads/restore", method: "POST", ...body({ ids: [image] }) },
    { path: "/api/uploads/signed", method: "POST", ...body({ name: "a.mp4", bytes: 1 }) },
    { path: `/api/uploads/signed/${image}`, method: "POST" },
    { path: `/api/uploads/signed/${image}`, method: "DELETE" },
    { path: "/api/account/keys" },
    { path: "/api/account/keys", method: "POST", ...body({ name: "not mine to make" }) },
    { path: `/api/account/keys/${image}`, method: "DELETE" },
    { path: "/api/account/exports", method: "POST" },
    { path: `/api/account/exports/${image}/parts/1` },
  ];
}

export const isChange = ({ method = "GET" }: AppRequest) => method !== "GET";

export function withHeaders(request: AppRequest, headers: Record<string, string>): AppRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}
