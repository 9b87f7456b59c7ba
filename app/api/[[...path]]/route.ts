import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";

/** Unknown API paths answer with a problem instead of a page. */
const handle = route(() => Promise.reject(new AppError("not_found", "There is nothing at this address.")));

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
