import { AppError } from "@/lib/errors";
import { route } from "@/lib/http";

/** Where nothing is: a problem as everywhere else in the API, instead of a page. */
const handle = route(() => Promise.reject(new AppError("not_found", "There is nothing at this address.")));

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
