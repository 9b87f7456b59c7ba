import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";

/** Responds to unknown API paths with an error in JSON, not with a page. */
const handle = route(() => Promise.reject(new AppError("not_found", "There is nothing at this URL.")));

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
