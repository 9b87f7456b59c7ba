import { createExport, serializeExport } from "@/lib/account/exports/exports";
import { requireRecentUser } from "@/lib/auth";
import { json, methodNotAllowed, route } from "@/lib/http";

/**
 * Makes an export of everything that the user has. The response contains the URLs of the parts of the export. These URLs work for
 * 24 hours.
 */
export const POST = route(async (request) => {
  const user = await requireRecentUser(request);
  return json(serializeExport(await createExport(user.id)), { status: 201 });
});

export const { OPTIONS, GET, PUT, PATCH, DELETE } = methodNotAllowed("POST");
