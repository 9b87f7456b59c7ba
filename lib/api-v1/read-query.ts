import "server-only";
import { AppError } from "@/lib/errors";

/** The format of the cursors in Replicate's URLs `next` and `previous`. */
export const CURSOR = /^[\w.~%+/=-]{1,1000}$/;

/**
 * Returns the parameters of a request's URL that may be passed on to Replicate. `rules` contains the format of each such
 * parameter. All other parameters are dropped. Throws `invalid_query` if a parameter does not have its format.
 */
export function readQuery(request: Request, rules: Record<string, RegExp>): Record<string, string> {
  const query = new URL(request.url).searchParams;
  return Object.fromEntries(
    Object.entries(rules).flatMap(([name, rule]) => {
      const value = query.get(name);
      if (value === null) return [];
      if (!rule.test(value)) throw new AppError("invalid_query", `Query parameter "${name}" is invalid`);
      return [[name, value]];
    }),
  );
}
