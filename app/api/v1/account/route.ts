import { apiJson, apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Returns the user to whom the API key belongs, in the format of Replicate's API. */
export const GET = apiRoute("read", async (_request, { id, name, email }) =>
  apiJson({ type: "user", username: id, name: name || email }),
);

export const { OPTIONS, POST, PUT, PATCH, DELETE } = otherMethods("GET");
