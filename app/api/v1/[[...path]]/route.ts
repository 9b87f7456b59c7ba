import { AppError } from "@/lib/errors";
import { apiRoute, otherMethods } from "@/lib/api-v1/route-wrappers";

/** Responds to unknown paths of `/api/v1` with an error in the format of Replicate's API. */
const handle = apiRoute("read", () => Promise.reject(new AppError("not_found", "There is nothing at this URL.")));

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
export const { OPTIONS } = otherMethods("GET", "POST");
