import type { Ask } from "./ask";

const json = { "content-type": "application/json" };

/** Everything that the API does for a person who is signed in. */
export function doorsOf({ prediction, image }: { prediction: string; image: string }): Ask[] {
  const body = (value: object) => ({ headers: json, body: JSON.stringify(value) });
  return [
    { path: "/api/replicate" },
    { path: "/api/replicate?status=active" },
    { path: "/api/usage" },
    { path: "/api/images" },
    { path: `/api/images/zip?ids=${image}` },
    { path: `/api/images/${image}/family` },
    { path: `/api/replicate/${prediction}` },
    { path: "/api/replicate", method: "POST", ...body({ input: { prompt: "not mine to make" } }) },
    { path: `/api/replicate/${prediction}`, method: "DELETE" },
    { path: `/api/images/${image}`, method: "PATCH", ...body({ favorite: true }) },
    { path: `/api/images/${image}`, method: "DELETE" },
    { path: `/api/images/${image}?undo=10`, method: "DELETE" },
    { path: "/api/images", method: "DELETE", ...body({ ids: [image] }) },
    { path: `/api/images/${image}/share`, method: "POST" },
    { path: `/api/images/${image}/share`, method: "DELETE" },
    { path: `/api/images/${image}/restore`, method: "POST" },
    { path: "/api/uploads", method: "POST", headers: { "content-type": "image/png" }, body: "not mine to keep" },
    { path: "/api/images/restore", method: "POST", ...body({ ids: [image] }) },
  ];
}

export const isChange = ({ method = "GET" }: Ask) => method !== "GET";

/** The same request with more headers. */
export function withHeaders(request: Ask, headers: Record<string, string>): Ask {
  return { ...request, headers: { ...request.headers, ...headers } };
}
